search-label = Words to search for
search-placeholder = For example: fractions grade 4
search-button = Search
search-description = Results of a search in the open learning-resource portal Khuê, by subject, level, kind and licence.
suggestions-hint = Suggestions: choose with the arrow keys
suggestion-query = Often searched for
suggestion-name = Resource
suggestion-about = Subject
suggestion-level = Grade, stage
results-all =
    { $count ->
        [one] { $count } resource
       *[other] { $count } resources
    }
results-for =
    { $count ->
        [one] { $count } resource for “{ $words }”
       *[other] { $count } resources for “{ $words }”
    }
results-loading = Searching…
filters = Filters
filters-active = Active filters
filters-clear = Remove all filters
filter-on = Filter:
filter-off = Remove filter:
filter-apply = Filter
filter-adaptable = May be adapted and shared
filter-from = From { $date }
filter-to = Until { $date }
facet-narrower = Within { $name } ({ $count })
facet-more = { $count } more
date-from = From
date-to = Until
property-adaptable = Reuse
sort = Sort by
sort-relevance = Best match
sort-newest = Newest
sort-name = Name A–Z
sort-apply = Apply
pager = Pages of results
pager-page = Page
pager-previous = Previous
pager-next = Next
did-you-mean = Did you mean:
results-corrected = No resource has the words as typed. Results for:
did-you-mean-count =
    { $count ->
        [one] ({ $count } resource)
       *[other] ({ $count } resources)
    }
understood = Understood from your words:
understood-off = Search for exactly these words
understood-first =
    { $count ->
        [one] The first resource fits this; after it come resources that hold the words you typed.
       *[other] The first { $count } resources fit this; after them come resources that hold the words you typed.
    }
understood-only = Show only those that fit
relaxed = No resource contains all the words; these come closest.
relaxed-filters = Removing a filter may find more.
empty-title = No resources found
empty-without = Without the filter “{ $filter }”: { $count ->
    [one] 1 resource
   *[other] { $count } resources
}
empty-all-filters = all filters
empty-waiting = { $count ->
    [one] The library is being indexed: about one resource cannot be found yet. Try again in a few minutes.
   *[other] The library is being indexed: about { $count } resources cannot be found yet. Try again in a few minutes.
}
empty-spelling = Check the spelling; Vietnamese may be typed with or without marks.
empty-fewer-words = Use fewer or more common words.
empty-help = Read how to search
empty-subjects = Browse by subject
hit-outside = On another site
hit-part-of = In:
hit-versions = { $count ->
    [one] 1 other edition
   *[other] { $count } other editions
}
reason-synonym = Found through the word “{ $word }”
reason-translation = Found through “{ $word }”, a word of another language
reason-correction = Typing slip mended: “{ $word }”
reason-shared = Both have: { $word }
reason-subject = same subject: { $word }
reason-level = same level: { $word }
reason-folded = Matches without marks
reason-meaning = Close in meaning to what you searched for
results-no-words = There is no word to search for in “{ $words }”; these are all resources.
empty-beyond =
    { $count ->
        [one] There is no such page of results: there is only one.
       *[other] There is no such page of results: there are { $count }.
    }
empty-beyond-link = Go to the last page
property-guidance = Guidance on using AI
property-guidance-signed = With appraised guidance
property-guidance-review = Guidance to be reviewed
