# Parcours : liste, un parcours, progression gardée dans le navigateur
paths-title = Parcours
paths-lead = Étudier seul dans un ordre qui convient : ce qu’il faut savoir d’abord, ce qui vient ensuite, et des exercices avec retour immédiat. Sans compte.
paths-home = Étudier en suivant un parcours
paths-see = Voir les parcours
path-steps = { $count ->
    [one] Une étape
   *[other] { $count } étapes
}
path-time = environ { $time }
path-time-more = { $time } de plus avec les étapes facultatives
path-begin = Commencer
path-continue = Continuer :
path-teaches = Ce que vous saurez faire
path-required = À savoir d’abord
path-way = Étapes
path-optional = facultatif
path-done = terminé
path-place = étape { $number } sur { $count }
path-after = L’étape précédente : { $name }
path-mark = Marquer comme terminé
path-marked = ✓ Terminé
path-nav = Étapes du parcours
path-previous = Étape précédente
path-next = Étape suivante
path-progress = Votre progression
path-progress-text = Votre progression reste dans ce navigateur et n’est envoyée nulle part. Vous pouvez l’enregistrer dans un fichier pour l’emporter sur un autre appareil, ou l’effacer.
path-review = Exercices à refaire aujourd’hui
path-review-none = Rien à refaire aujourd’hui.
path-export = Enregistrer dans un fichier
path-import = Prendre dans un fichier
path-erase = Effacer la progression
path-erase-sure = Effacer toute la progression de ce navigateur ? C’est définitif, sauf si vous l’avez enregistrée dans un fichier.
path-imported = La progression du fichier a été prise en compte.
path-import-failed = Ce fichier ne contient pas de progression de Khuê. Choisissez un fichier enregistré depuis cette page.
path-erased = La progression a été effacée.
exercise-label-short = exercice
