collections-people = Collections faites par les membres
collections-people-lead = Choisies et mises en ordre par des enseignants et des lecteurs.
collections-own = Mes collections
collections-own-lead = Rassemblez des ressources pour enseigner, apprendre ou partager. Une nouvelle collection n’est visible que de vous.
collections-own-none = Vous n’avez pas encore de collection.
collections-shared = Partagées avec vous
collections-deleted = Supprimées
collection-undo = Annuler
collection-restore = Rétablir la collection « { $name } »
collection-deleted = La collection a été supprimée. Pendant { $days } jours, vous pouvez l’annuler ci-dessous.
collection-begin = Créer une collection
collection-private = Moi seulement
collection-institution = Partagée au sein de { $institution }
collection-public = Tout le monde
collection-by = Par { $name }
collection-count = { $count ->
    [one] { $count } ressource
   *[other] { $count } ressources
}
collection-changed = mise à jour le { $date }
collection-waiting = { $count ->
    [one] { $count } proposition vous attend
   *[other] { $count } propositions vous attendent
}
collection-described = La collection « { $name } » sur le portail Khuê.
collection-empty = Cette collection est encore vide.
collection-edit = Modifier la collection
collection-edit-waiting = { $count ->
    [one] Modifier la collection ({ $count } proposition en attente)
   *[other] Modifier la collection ({ $count } propositions en attente)
}
collection-name = Nom de la collection
collection-description = À quoi elle sert, et à qui
collection-visibility = Qui la voit
collection-share-hint = Partager demande le rôle d’enseignant ou plus ; demandez-le à un administrateur.
collection-items = Ressources de la collection
collection-fill-hint = La collection est vide. Ouvrez une ressource et choisissez « Ajouter à une collection ».
collection-note = Note
collection-up = Monter
collection-up-label = Monter « { $name } »
collection-down = Descendre
collection-down-label = Descendre « { $name } »
collection-remove = Retirer
collection-remove-label = Retirer « { $name } » de la collection
collection-proposals = Propositions d’autres personnes
collection-proposed-by = proposé par { $name }
collection-accept = Accepter
collection-accept-label = Accepter « { $name } »
collection-decline = Refuser
collection-decline-label = Refuser « { $name } »
collection-save = Enregistrer
collection-saved = Enregistré.
collection-delete = Supprimer la collection
collection-hide = Retirer de la vue publique
collection-hide-why = Pourquoi (inscrit au journal)
collect-title = Ajouter à une collection
collect-link = Ajouter à une collection
collect-link-label = Ajouter à une collection : { $name }
collected-title = Dans des collections
collect-into = Ma collection
collect-new = Une nouvelle…
collect-new-name = Nom d’une nouvelle collection (si vous en créez une)
collect-put = Ajouter
collect-in = Ajouté à la collection.
collect-proposed = Votre proposition est envoyée ; la personne qui a fait la collection décidera.
collect-see = Voir la collection
collect-propose-title = Proposer pour la collection d’une autre personne
collect-other = Collection
collect-propose = Envoyer la proposition
event-collection-proposed = Une ressource est proposée pour votre collection
event-collection-accepted = Votre proposition a été acceptée dans la collection
event-collection-declined = Votre proposition n’a pas été acceptée dans la collection
event-collection-hidden = Votre collection a été retirée de la vue publique
adapt-title = Adapter cette ressource
adapt-link = Adapter
adapt-lead = Un brouillon à vous sera créé, avec le texte, les informations et les fichiers de cette ressource, à modifier. Personne d’autre ne voit encore le brouillon.
adapt-licence = L’original est sous licence { $from } ; pour le vôtre, { $to } est proposée.
adapt-source = Le nom, l’auteur et la licence de l’original sont consignés dans le vôtre.
adapt-files = { $count ->
    [one] { $count } fichier est repris.
   *[other] { $count } fichiers sont repris.
}
adapt-begin = Créer le brouillon
adapt-refused-not-known = Adaptation impossible : la licence n’est pas connue, donc tous les droits sont réservés par la loi. Demandez à l’auteur.
adapt-refused-reserved = Adaptation impossible : tous les droits sont réservés. Demandez l’autorisation à l’auteur.
adapt-refused-no-derivatives = Adaptation impossible : la licence interdit de diffuser des versions modifiées.
adapt-refused-nothing-here = Il n’y a rien à copier : le portail n’a qu’une description de cette ressource.
collected-none = Collections
