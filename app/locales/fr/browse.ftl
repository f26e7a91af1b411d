browse-title = Parcourir les ressources
browse-description = Parcourez les ressources ouvertes par niveau, classe et matière : le programme scolaire vietnamien de 2018, la maternelle, l’enseignement professionnel et le supérieur.
shelf-description =
    { $count ->
        [one] { $name } : { $count } ressource ouverte sur le portail Khuê, par classe, type et licence.
       *[other] { $name } : { $count } ressources ouvertes sur le portail Khuê, par classe, type et licence.
    }
shelf-search = Tout voir et filtrer
shelf-subjects = Matières et domaines
shelf-grades = Classes
shelf-by-level = Par niveau
shelf-by-subject = Par matière
shelf-empty = Il n’y a pas encore de ressources ici.
collections-description = Livres, cours et collections, chacun composé de plusieurs parties dans l’ordre.
collections-none = Il n’y a pas encore de collections.
