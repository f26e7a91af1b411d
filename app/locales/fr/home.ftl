home-title = Ressources pédagogiques ouvertes pour l’école
home-description = Trouvez des fiches de préparation, des leçons, des exercices, des simulations et des livres ouverts pour tous les niveaux, de la maternelle à l’université, réutilisables selon leur licence.
home-heading = Des ressources ouvertes pour chaque classe
home-lead =
    { $count ->
        [one] { $count } fiche, leçon, exercice, simulation ou livre, qui dit clairement comment le réutiliser.
       *[other] { $count } fiches, leçons, exercices, simulations et livres. Chaque page dit clairement comment les réutiliser.
    }
home-hints = Essayez :
home-hint-1 = fractions
home-hint-2 = photosynthèse
home-hint-3 = exercices d’algèbre
home-stages = Par niveau
home-subjects = Par matière
home-newest = Nouveautés
home-collections = Livres et collections
collection-parts =
    { $count ->
        [one] { $count } partie
       *[other] { $count } parties
    }
