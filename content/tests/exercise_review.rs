//! When an exercise comes again: the same figures as the reference implementation (py-fsrs 6.3.2, default parameters, no
//! learning steps, no fuzz), and what must hold for every history.

use khue_content::exercise::review::{Grade, Memory};
use proptest::prelude::*;

use Grade::{Again, Good, Hard};

/// Grade and day of each answer; then stability, difficulty and the day of the next look.
type Step = (Grade, u32, f64, f64, u32);

const REFERENCE: &[&[Step]] = &[
    &[
        (Good, 0, 2.3065, 2.118104, 2),
        (Good, 2, 10.964332, 2.111214, 13),
        (Good, 13, 46.280217, 2.104331, 59),
        (Again, 60, 2.939745, 7.389976, 63),
        (Good, 63, 7.786836, 7.377814, 71),
        (Hard, 80, 18.554662, 8.244499, 99),
    ],
    &[
        (Again, 0, 0.212, 6.4133, 1),
        (Again, 0, 0.083357, 8.806304, 1),
        (Good, 1, 0.613945, 8.792727, 2),
        (Good, 4, 2.600558, 8.779162, 7),
        (Good, 4, 2.600558, 8.765611, 7),
        (Hard, 30, 7.967961, 9.165784, 38),
    ],
    &[
        (Hard, 0, 1.2931, 5.112171, 1),
        (Good, 3, 8.043176, 5.102287, 11),
        (Again, 9, 1.20307, 8.375383, 10),
        (Again, 10, 0.34728, 9.451228, 11),
    ],
];

#[test]
fn the_figures_are_those_of_the_reference_implementation() {
    for history in REFERENCE {
        let mut memory: Option<Memory> = None;
        for (grade, day, stability, difficulty, due) in *history {
            let next = memory.map_or_else(|| Memory::first(*grade, *day), |m| m.next(*grade, *day));
            assert!(
                (next.stability - stability).abs() < 1e-5,
                "{next:?}, not {stability}"
            );
            assert!(
                (next.difficulty - difficulty).abs() < 1e-5,
                "{next:?}, not {difficulty}"
            );
            assert_eq!(next.due(), *due, "{next:?}");
            memory = Some(next);
        }
    }
}

proptest! {
    #[test]
    fn a_next_look_lies_ahead_and_within_a_year(history in proptest::collection::vec((0usize..3, 0u32..400), 1..20)) {
        let mut day = 0;
        let mut memory: Option<Memory> = None;
        for (grade, wait) in history {
            day += wait;
            let grade = [Again, Hard, Good][grade];
            let next = memory.map_or_else(|| Memory::first(grade, day), |m| m.next(grade, day));
            prop_assert!(next.due() > day && next.due() <= day + 365);
            prop_assert!((1.0..=10.0).contains(&next.difficulty) && next.stability > 0.0);
            prop_assert!((0.0..=1.0).contains(&next.retrievability(day + 30)));
            memory = Some(next);
        }
    }

    #[test]
    fn knowing_it_waits_longer_than_not_knowing_it(wait in 1u32..200) {
        let first = Memory::first(Hard, 0);
        prop_assert!(first.next(Good, wait).stability > first.next(Hard, wait).stability);
        prop_assert!(first.next(Hard, wait).stability > first.next(Again, wait).stability);
    }
}
