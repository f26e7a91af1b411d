# What to learn next: at the end of a lesson and on the page of paths
next-title = What to learn next
next-missed = Some exercises of this lesson are not steady yet:
next-hard = If this lesson is still hard
next-from = These come from paths and from what each lesson teaches and asks for; exercises that you missed are remembered in this browser only. What other people looked at has no part in it.
next-path = The next step of the path
next-builds = It asks for what you have just learned: { $outcome }
next-first = It teaches what to know first: { $outcome }
next-weak = Lessons to look at again
next-weak-why = You have missed exercises of these lessons lately. They say what to learn first.
next-unsteady = exercises not steady yet
