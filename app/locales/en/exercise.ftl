# Exercises in a resource: question, answer, feedback
exercise-label = Exercise { $label }
exercise-answer = Your answer
exercise-check = Check
exercise-again = Check again
exercise-hint = Hint { $number }
exercise-order-how = Give each item its place, from 1.
exercise-match-how = Choose what belongs to each item.
exercise-place = Place of “{ $item }”
exercise-match = What belongs to “{ $item }”
exercise-gap = Gap { $number }
exercise-right = That is right.
exercise-partly = Almost there.
exercise-wrong = Not yet. Try again; it costs nothing.
exercise-unanswered = There is no answer yet. Choose or write one, then check.
exercise-part-right = ✓ right
exercise-part-partly = ≈ almost
exercise-part-wrong = ✕ not yet
exercise-marks = Right word; only the accents differ: “{ $word }”.
exercise-capitals = Right word; only the capitals differ: “{ $word }”.
exercise-unit-missing = The number is right. Add its unit.
exercise-unit-differs = The number is right, but the unit “{ $typed }” is not “{ $meant }”.
exercise-converted = That makes { $value } { $unit }.
exercise-no-number = “{ $typed }” is not a number. Write one, such as 2.5.
exercise-missing = { $count ->
    [one] One right choice is missing.
   *[other] { $count } right choices are missing.
}
exercise-too-many = { $count ->
    [one] One of your choices is not right.
   *[other] { $count } of your choices are not right.
}
exercise-parts = { $right } of { $all } are right.
exercise-explanation = Show the solution
exercise-keys = For teachers: open this part
exercise-page-lead = One exercise to practise by yourself, with feedback at once.
exercise-back = Back to the lesson
exercise-next = Next exercise
exercise-failed = There is no connection, so nothing could be checked. Your answer is still there; try again.
