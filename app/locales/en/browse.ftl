browse-title = Browse resources
browse-description = Browse open learning resources by stage, grade and subject: the Vietnamese school curriculum of 2018, preschool, vocational and higher education.
shelf-description =
    { $count ->
        [one] { $name }: { $count } open resource on the portal Khuê, by grade, kind and licence.
       *[other] { $name }: { $count } open resources on the portal Khuê, by grade, kind and licence.
    }
shelf-search = See and filter all
shelf-subjects = Subjects and fields
shelf-grades = Grades
shelf-by-level = By level
shelf-by-subject = By subject
shelf-empty = There are no resources here yet.
collections-description = Books, courses and collections, each with several parts in order.
collections-none = There are no collections yet.
