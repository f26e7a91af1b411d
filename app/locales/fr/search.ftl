search-label = Mots à rechercher
search-placeholder = Par exemple : fractions
search-button = Chercher
search-description = Résultats d’une recherche dans Khuê, le portail ouvert de ressources pédagogiques, par matière, niveau, type et licence.
suggestions-hint = Suggestions : choisissez avec les flèches
suggestion-query = Souvent recherché
suggestion-name = Ressource
suggestion-about = Matière
suggestion-level = Classe, niveau
results-all =
    { $count ->
        [one] { $count } ressource
       *[other] { $count } ressources
    }
results-for =
    { $count ->
        [one] { $count } ressource pour « { $words } »
       *[other] { $count } ressources pour « { $words } »
    }
results-loading = Recherche en cours…
filters = Filtres
filters-active = Filtres actifs
filters-clear = Retirer tous les filtres
filter-on = Filtrer :
filter-off = Retirer le filtre :
filter-apply = Filtrer
filter-adaptable = Modifiable et partageable
filter-from = À partir du { $date }
filter-to = Jusqu’au { $date }
facet-narrower = Dans { $name } ({ $count })
facet-more = { $count } de plus
date-from = Du
date-to = Au
property-adaptable = Réutilisation
sort = Trier par
sort-relevance = Pertinence
sort-newest = Nouveautés
sort-name = Nom A–Z
sort-apply = Appliquer
pager = Pages de résultats
pager-page = Page
pager-previous = Précédente
pager-next = Suivante
did-you-mean = Vouliez-vous dire :
results-corrected = Aucune ressource ne contient ces mots tels quels. Résultats pour :
did-you-mean-count =
    { $count ->
        [one] ({ $count } ressource)
       *[other] ({ $count } ressources)
    }
understood = Compris dans vos mots :
understood-off = Chercher exactement ces mots
understood-first =
    { $count ->
        [one] La première ressource y correspond ; viennent ensuite celles qui contiennent vos mots.
       *[other] Les { $count } premières ressources y correspondent ; viennent ensuite celles qui contiennent vos mots.
    }
understood-only = N’afficher que celles-là
relaxed = Aucune ressource ne contient tous les mots ; voici les plus proches.
relaxed-filters = Retirer un filtre peut donner plus de résultats.
empty-title = Aucune ressource trouvée
empty-without = Sans le filtre « { $filter } » : { $count ->
    [one] 1 ressource
   *[other] { $count } ressources
}
empty-all-filters = tous les filtres
empty-waiting = { $count ->
    [one] La bibliothèque est en cours d’indexation : environ une ressource ne peut pas encore être trouvée. Réessayez dans quelques minutes.
   *[other] La bibliothèque est en cours d’indexation : environ { $count } ressources ne peuvent pas encore être trouvées. Réessayez dans quelques minutes.
}
empty-spelling = Vérifiez l’orthographe ; le vietnamien peut s’écrire avec ou sans accents.
empty-fewer-words = Employez moins de mots, ou des mots plus courants.
empty-help = Lire comment chercher
empty-subjects = Parcourir par matière
hit-outside = Sur un autre site
hit-part-of = Dans :
hit-versions = { $count ->
    [one] 1 autre version
   *[other] { $count } autres versions
}
reason-synonym = Trouvée grâce au mot « { $word } »
reason-translation = Trouvée grâce à « { $word } », mot d’une autre langue
reason-correction = Faute de frappe corrigée : « { $word } »
reason-shared = En commun : { $word }
reason-subject = même matière : { $word }
reason-level = même niveau : { $word }
reason-folded = Correspond sans les accents
reason-meaning = Proche par le sens de votre recherche
results-no-words = Il n’y a aucun mot à chercher dans « { $words } » ; voici toutes les ressources.
empty-beyond =
    { $count ->
        [one] Cette page de résultats n’existe pas : il n’y en a qu’une.
       *[other] Cette page de résultats n’existe pas : il y en a { $count }.
    }
empty-beyond-link = Aller à la dernière page
property-guidance = Guide d’usage de l’IA
property-guidance-signed = Avec un guide évalué
property-guidance-review = Guide à revoir
