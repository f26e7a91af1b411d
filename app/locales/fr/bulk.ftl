bulk-link = Plusieurs dossiers à la fois
bulk-title = Plusieurs dossiers à la fois
bulk-lead = Choisissez des dossiers et une action. Vous voyez d’abord ce qui arrivera à chacun, et pouvez annuler ensuite.
bulk-files = Dossiers
bulk-file = Dossier
bulk-came = Résultat
bulk-action = Action
bulk-do-assign = Confier à un évaluateur
bulk-do-accept-suggestions = Accepter les suggestions assez sûres
bulk-do-take-on = Prendre en charge
bulk-do-accept = Accepter
bulk-do-request-changes = Demander des modifications
bulk-do-decline = Refuser
bulk-do-publish = Publier
bulk-to = Confier à
bulk-sure = Suggestions sûres à partir de (%)
bulk-reason = Motif (pour demander des modifications ou refuser)
bulk-words = Vos mots, envoyés à chaque auteur
bulk-preview = Aperçu
bulk-preview-title = Aperçu : { $action }
bulk-apply = { $count ->
    [one] Appliquer à { $count } dossier
   *[other] Appliquer à { $count } dossiers
}
bulk-back = Choisir à nouveau
bulk-done-title = { $count ->
    [one] { $action } : appliqué à { $count } dossier
   *[other] { $action } : appliqué à { $count } dossiers
}
bulk-undo = Annuler
bulk-undo-title = Annulé
bulk-undone = comme avant
bulk-not-now = Impossible pour ce dossier : il est à une autre étape, un motif manque, les contrôles trouvent des erreurs, ou aucune suggestion n’est assez sûre.
bulk-forbidden = Aucun de vos rôles ne le permet pour ce dossier.
bulk-choose-files = Choisissez au moins un dossier.
bulk-choose-action = Choisissez une action.
event-assign = Un dossier vous est confié pour évaluation
event-undo = Une décision a été annulée
reason-undone = La publication a été annulée
