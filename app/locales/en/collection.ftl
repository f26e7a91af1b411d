collections-people = Collections people made
collections-people-lead = Chosen and put in order by teachers and readers.
collections-own = My collections
collections-own-lead = Gather resources to teach, to learn or to share. A new collection is seen by you alone.
collections-own-none = You have no collections yet.
collections-shared = Shared with you
collections-deleted = Deleted
collection-undo = Undo
collection-restore = Bring back the collection “{ $name }”
collection-deleted = The collection was deleted. For { $days } days you can undo that below.
collection-begin = Make a collection
collection-private = Only me
collection-institution = Shared within { $institution }
collection-public = Everybody
collection-by = By { $name }
collection-count = { $count ->
    [one] { $count } resource
   *[other] { $count } resources
}
collection-changed = updated { $date }
collection-waiting = { $count ->
    [one] { $count } proposal waits for you
   *[other] { $count } proposals wait for you
}
collection-described = The collection “{ $name }” on the Khuê portal.
collection-empty = There is nothing in this collection yet.
collection-edit = Edit the collection
collection-edit-waiting = { $count ->
    [one] Edit the collection ({ $count } proposal waits)
   *[other] Edit the collection ({ $count } proposals wait)
}
collection-name = Name of the collection
collection-description = What it is for, and for whom
collection-visibility = Who sees it
collection-share-hint = Sharing with others needs the role of a teacher or more; ask an administrator for it.
collection-items = Resources in it
collection-fill-hint = Nothing is in it yet. Open a resource and choose “Add to a collection”.
collection-note = Note
collection-up = Up
collection-up-label = Up: “{ $name }”
collection-down = Down
collection-down-label = Down: “{ $name }”
collection-remove = Take out
collection-remove-label = Take out: “{ $name }”
collection-proposals = Proposals of others
collection-proposed-by = proposed by { $name }
collection-accept = Accept
collection-accept-label = Accept “{ $name }”
collection-decline = Decline
collection-decline-label = Decline “{ $name }”
collection-save = Save
collection-saved = Saved.
collection-delete = Delete the collection
collection-hide = Take out of public sight
collection-hide-why = Why (goes into the log)
collect-title = Add to a collection
collect-link = Add to a collection
collect-link-label = Add to a collection: { $name }
collected-title = In collections
collect-into = My collection
collect-new = A new one…
collect-new-name = Name of a new collection (if you make one)
collect-put = Add
collect-in = Added to the collection.
collect-proposed = Your proposal was sent; the one who made the collection decides.
collect-see = See the collection
collect-propose-title = Propose it for somebody else’s collection
collect-other = Collection
collect-propose = Send the proposal
event-collection-proposed = A resource was proposed for your collection
event-collection-accepted = Your proposal was taken into the collection
event-collection-declined = Your proposal was not taken into the collection
event-collection-hidden = Your collection was taken out of public sight
adapt-title = Adapt this resource
adapt-link = Adapt this
adapt-lead = A draft of yours will be made, with the text, the details and the files of this resource for you to change. Nobody else sees the draft yet.
adapt-licence = The original has the licence { $from }; for yours, { $to } is proposed.
adapt-source = Name, author and licence of the original are recorded in yours.
adapt-files = { $count ->
    [one] { $count } file comes along.
   *[other] { $count } files come along.
}
adapt-begin = Make the draft
adapt-refused-not-known = It cannot be adapted: its licence is not known, so all rights are reserved by law. Ask its author.
adapt-refused-reserved = It cannot be adapted: all rights are reserved. Ask its author for permission.
adapt-refused-no-derivatives = It cannot be adapted: its licence lets nobody share changed versions.
adapt-refused-nothing-here = There is nothing to copy: the portal has only a description of this resource.
collected-none = Collections
