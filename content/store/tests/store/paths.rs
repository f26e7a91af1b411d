//! Learning paths that people make, through the store: who may, what everybody sees, what is kept.

use crate::community::published;
use crate::submissions::{go, person};
use khue_content::account::{Actor, Role};
use khue_content::path::{Path, Step, shipped};
use khue_store::actions::paths::{
    create_path, delete_path, publish_path, save_path, withdraw_path,
};
use khue_store::testing::Databases;
use khue_store::{AuditVerdict, Error, Store};

fn path(id: &str, resources: &[&str]) -> Path {
    let step = |resource: &&str| Step {
        resource: (*resource).to_owned(),
        name: (*resource).to_owned(),
        time_required: 30,
        ..Step::default()
    };
    Path {
        id: id.to_owned(),
        in_language: "vi".to_owned(),
        educational_level: "primary".to_owned(),
        name: "Phân số từng bước".to_owned(),
        description: "Ba buổi.".to_owned(),
        teaches: vec!["So sánh được hai phân số.".to_owned()],
        steps: resources.iter().map(step).collect(),
        ..Path::default()
    }
}

async fn names(store: &Store) -> Vec<String> {
    store
        .published_paths()
        .await
        .unwrap()
        .into_iter()
        .map(|path| path.id)
        .collect()
}

async fn sees(store: &Store, actor: &Actor, id: &str) -> bool {
    store.made_path(actor, id).await.unwrap().is_some()
}

#[tokio::test]
async fn a_path_from_the_draft_to_the_withdrawal() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let hoa = person(&store, "hoa", Role::Curator, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let other = person(&store, "nam", Role::Teacher, "hn-01").await;
        let first = published(&store, &lan, &mai).await;
        let second = published(&store, &lan, &mai).await;
        let id = create_path(&store, &lan, &path("", &[])).await.unwrap();
        assert_eq!(id, "phan-so-tung-buoc");
        let again = create_path(&store, &lan, &path("", &[])).await.unwrap();
        assert_eq!(again, "phan-so-tung-buoc-2", "a name may come twice");
        assert!(sees(&store, &lan, &id).await && sees(&store, &hoa, &id).await);
        assert!(
            !sees(&store, &other, &id).await,
            "a draft is its maker's and the curators'"
        );
        assert!(names(&store).await.is_empty());

        let whole = path(&id, &[&first, &second]);
        assert!(matches!(
            save_path(&store, &lan, 9, &whole).await,
            Err(Error::Stale)
        ));
        assert!(matches!(
            save_path(&store, &other, 1, &whole).await,
            Err(Error::NotFound(_))
        ));
        save_path(&store, &lan, 1, &whole).await.unwrap();
        let own = publish_path(&store, &lan, 2, &whole).await;
        assert!(
            matches!(own, Err(Error::NotFound(_))),
            "teachers do not publish: {own:?}"
        );
        let half = publish_path(&store, &hoa, 2, &path(&id, &[&first])).await;
        assert!(matches!(half, Err(Error::NotAllowed(_))), "{half:?}");
        let gone = publish_path(&store, &hoa, 2, &path(&id, &[&first, "không-có"])).await;
        assert!(matches!(gone, Err(Error::NotFound(_))), "{gone:?}");
        publish_path(&store, &hoa, 2, &whole).await.unwrap();
        assert_eq!(names(&store).await, std::slice::from_ref(&id));

        let used = go(&store, &hoa, &first, "withdraw").await;
        assert!(matches!(used, Err(Error::InUse(_))), "{used:?}");
        let deleted = delete_path(&store, &lan, &id).await;
        assert!(matches!(deleted, Err(Error::NotAllowed(_))), "{deleted:?}");
        let changed = Path {
            name: "Tên khác".to_owned(),
            ..whole.clone()
        };
        save_path(&store, &lan, 3, &changed).await.unwrap();
        assert_eq!(
            store.published_paths().await.unwrap()[0].name,
            whole.name,
            "a draft changes nothing"
        );
        let made = store.made_path(&lan, &id).await.unwrap().unwrap();
        assert_eq!((made.draft.name.as_str(), made.edition), ("Tên khác", 4));
        let versions = store.path_versions(&id).await.unwrap();
        assert_eq!(
            versions
                .iter()
                .map(|one| (one.number, one.by.as_str()))
                .collect::<Vec<_>>(),
            [(1, "hoa")]
        );

        withdraw_path(&store, &hoa, &id).await.unwrap();
        assert!(names(&store).await.is_empty());
        delete_path(&store, &lan, &id).await.unwrap();
        assert!(!sees(&store, &lan, &id).await);
        let log = store.audit(0, 1000).await.unwrap().into_iter();
        let told: Vec<String> = log
            .filter(|row| row.object == format!("path:{id}"))
            .map(|row| row.action)
            .collect();
        assert_eq!(told, ["path.published", "path.withdrawn", "path.deleted"]);
        assert!(matches!(
            store.verify_audit().await.unwrap(),
            AuditVerdict::Whole { .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn who_is_only_a_learner_makes_none_and_what_came_with_the_portal_is_the_curators() {
    Databases::each(|store| async move {
        let minh = person(&store, "minh", Role::Learner, "").await;
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let hoa = person(&store, "hoa", Role::Curator, "").await;
        let made = create_path(&store, &minh, &path("", &[])).await;
        assert!(matches!(made, Err(Error::Forbidden)), "{made:?}");
        let came = shipped().iter().next().unwrap().as_ref().clone();
        let teacher = save_path(&store, &lan, 0, &came).await;
        assert!(matches!(teacher, Err(Error::NotFound(_))), "{teacher:?}");
        save_path(&store, &hoa, 0, &came).await.unwrap();
        assert!(sees(&store, &hoa, &came.id).await);
        let nameless = Path {
            name: "???".to_owned(),
            ..Path::default()
        };
        assert!(matches!(
            create_path(&store, &hoa, &nameless).await,
            Err(Error::NotAllowed(_))
        ));
        let taken = Path {
            name: came.id.replace('-', " "),
            ..Path::default()
        };
        let id = create_path(&store, &hoa, &taken).await.unwrap();
        assert_ne!(
            id, came.id,
            "no draft hides a path that came with the portal"
        );
    })
    .await;
}
