home-title = Open learning resources for schools
home-description = Find lesson plans, lessons, exercises, simulations and open books for every level, from preschool to university, free to reuse under their licences.
home-heading = Open resources for every classroom
home-lead =
    { $count ->
        [one] { $count } lesson plan, lesson, exercise, simulation or book. It says plainly how you may reuse it.
       *[other] { $count } lesson plans, lessons, exercises, simulations and books. Each says plainly how you may reuse it.
    }
home-hints = Try:
home-hint-1 = fractions grade 4
home-hint-2 = photosynthesis
home-hint-3 = algebra exercises
home-stages = By stage
home-subjects = By subject
home-newest = Newest
home-collections = Books and collections
collection-parts =
    { $count ->
        [one] { $count } part
       *[other] { $count } parts
    }
