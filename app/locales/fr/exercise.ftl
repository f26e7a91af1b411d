# Exercices d’une ressource : question, réponse, retour
exercise-label = Exercice { $label }
exercise-answer = Votre réponse
exercise-check = Vérifier
exercise-again = Vérifier de nouveau
exercise-hint = Indice { $number }
exercise-order-how = Donnez à chaque élément sa place, à partir de 1.
exercise-match-how = Choisissez ce qui va avec chaque élément.
exercise-place = Place de « { $item } »
exercise-match = Ce qui va avec « { $item } »
exercise-gap = Blanc { $number }
exercise-right = C’est juste.
exercise-partly = Presque.
exercise-wrong = Pas encore. Réessayez, cela ne coûte rien.
exercise-unanswered = Il n’y a pas encore de réponse. Choisissez ou écrivez-en une, puis vérifiez.
exercise-part-right = ✓ juste
exercise-part-partly = ≈ presque
exercise-part-wrong = ✕ pas encore
exercise-marks = Le mot est juste, seuls les accents diffèrent : « { $word } ».
exercise-capitals = Le mot est juste, seules les majuscules diffèrent : « { $word } ».
exercise-unit-missing = Le nombre est juste. Ajoutez l’unité.
exercise-unit-differs = Le nombre est juste, mais l’unité « { $typed } » n’est pas « { $meant } ».
exercise-converted = Cela fait { $value } { $unit }.
exercise-no-number = « { $typed } » n’est pas un nombre. Écrivez-en un, par exemple 2,5.
exercise-missing = { $count ->
    [one] Il manque un bon choix.
   *[other] Il manque { $count } bons choix.
}
exercise-too-many = { $count ->
    [one] Un de vos choix n’est pas juste.
   *[other] { $count } de vos choix ne sont pas justes.
}
exercise-parts = { $right } sur { $all } sont justes.
exercise-explanation = Voir la solution
exercise-keys = Pour les enseignants : ouvrir cette partie
exercise-page-lead = Un exercice à faire seul, avec un retour immédiat.
exercise-back = Revenir à la leçon
exercise-next = Exercice suivant
exercise-failed = Pas de connexion : rien n’a pu être vérifié. Votre réponse est toujours là, réessayez.
