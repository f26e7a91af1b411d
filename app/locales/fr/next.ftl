# Que faire ensuite : à la fin d'une leçon et sur la page des parcours
next-title = Que faire ensuite
next-missed = Dans cette leçon, des exercices ne sont pas encore sûrs :
next-hard = Si cette leçon est encore difficile
next-from = Ces propositions viennent des parcours et de ce que chaque leçon enseigne et demande ; les exercices manqués ne sont retenus que dans ce navigateur. Ce que d'autres ont regardé n'y joue aucun rôle.
next-path = L'étape suivante du parcours
next-builds = Elle demande ce que vous venez d'apprendre : { $outcome }
next-first = Elle enseigne ce qu'il faut savoir avant : { $outcome }
next-weak = Leçons à revoir
next-weak-why = Vous avez manqué récemment des exercices de ces leçons. Elles disent ce qu'il faut apprendre d'abord.
next-unsteady = exercices pas encore sûrs
