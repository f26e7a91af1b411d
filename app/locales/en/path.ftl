# Learning paths: list, one path, progress kept in the browser
paths-title = Learning paths
paths-lead = Study by yourself in an order that works: what to know first, what comes next, and exercises with feedback at once. No account needed.
paths-home = Study along a path
paths-see = See the paths
path-steps = { $count ->
    [one] One step
   *[other] { $count } steps
}
path-time = about { $time }
path-time-more = { $time } more with the optional steps
path-begin = Begin
path-continue = Continue:
path-teaches = What you will be able to do
path-required = What to know first
path-way = Steps
path-optional = optional
path-done = done
path-place = step { $number } of { $count }
path-after = The step before: { $name }
path-mark = Mark as done
path-marked = ✓ Done
path-nav = Steps of the path
path-previous = Previous step
path-next = Next step
path-progress = Your progress
path-progress-text = Your progress is kept in this browser only and is sent nowhere. You can save it as a file to take it to another device, or erase it.
path-review = Exercises to do again today
path-review-none = There is nothing to do again today.
path-export = Save as a file
path-import = Take from a file
path-erase = Erase progress
path-erase-sure = Erase all progress in this browser? It cannot be undone unless you have saved it as a file.
path-imported = Progress was taken from the file.
path-import-failed = This file does not hold progress of Khuê. Choose a file that was saved from this page.
path-erased = Progress was erased.
exercise-label-short = exercise
