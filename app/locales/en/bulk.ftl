bulk-link = Several files at once
bulk-title = Several files at once
bulk-lead = Choose files and what to do. You see first what will happen to each, and can take it back afterwards.
bulk-files = Files
bulk-file = File
bulk-came = What happens
bulk-action = What to do
bulk-do-assign = Give to an appraiser
bulk-do-accept-suggestions = Accept suggestions that are sure enough
bulk-do-take-on = Take on
bulk-do-accept = Accept
bulk-do-request-changes = Ask for changes
bulk-do-decline = Decline
bulk-do-publish = Publish
bulk-to = Give to
bulk-sure = Suggestions that are at least so sure (%)
bulk-reason = Reason (to ask for changes or decline)
bulk-words = Your words, sent to each author
bulk-preview = Preview
bulk-preview-title = Preview: { $action }
bulk-apply = { $count ->
    [one] Do it to { $count } file
   *[other] Do it to { $count } files
}
bulk-back = Choose again
bulk-done-title = { $count ->
    [one] { $action }: done to { $count } file
   *[other] { $action }: done to { $count } files
}
bulk-undo = Undo
bulk-undo-title = Taken back
bulk-undone = as it was before
bulk-not-now = It cannot be done to this file: it stands elsewhere, a reason is missing, the checks find errors, or no suggestion is sure enough.
bulk-forbidden = No role of yours allows it for this file.
bulk-choose-files = Choose at least one file.
bulk-choose-action = Choose what to do.
event-assign = A file was given to you to appraise
event-undo = A decision was taken back
reason-undone = The publication was taken back
