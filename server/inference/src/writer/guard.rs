//! Paragraphs on which a model must not be surprised too much: a network that is computed wrongly is.

use super::Writer;
use crate::error::Result;

/// Written for this, so that no model has learned them by heart: language and text.
const PARAGRAPHS: [(&str, &str); 3] = [
    (
        "vi",
        "Sáng thứ hai, cả lớp cùng cô giáo ra vườn trường quan sát cây. Bạn nào cũng mang theo một quyển vở nhỏ để ghi lại những điều mình thấy. Lá cây có màu xanh vì trong lá có chất diệp lục, chất này giúp cây lấy năng lượng từ ánh sáng mặt trời. Sau khi trời mưa, đất ẩm hơn và rễ cây hút được nhiều nước hơn. Khi trở về lớp, mỗi nhóm vẽ một bức tranh và trình bày kết quả trước các bạn.",
    ),
    (
        "en",
        "On Monday morning the class went out into the school garden with their teacher to look at the trees. Everybody took a small notebook to write down what they saw. Leaves are green because of a substance that helps the plant to take energy from the light of the sun. After the rain the soil was wet and the roots could take up more water. Back in the classroom each group drew a picture and showed the others what they had found.",
    ),
    (
        "fr",
        "Lundi matin, la classe est sortie dans le jardin de l’école avec la maîtresse pour observer les arbres. Chacun avait un petit cahier pour noter ce qu’il voyait. Les feuilles sont vertes parce qu’elles contiennent une substance qui aide la plante à prendre l’énergie de la lumière du soleil. Après la pluie, la terre était humide et les racines pouvaient prendre plus d’eau. De retour en classe, chaque groupe a fait un dessin et l’a montré aux autres.",
    ),
];

/// How surprised a model is by a paragraph of a language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surprise {
    /// `vi`, `en` or `fr`.
    pub language: &'static str,
    /// The perplexity.
    pub perplexity: f64,
}

impl Writer {
    /// How surprised it is by everyday paragraphs in the portal's languages.
    ///
    /// # Errors
    /// As [`Writer::perplexity`].
    pub fn surprises(&self) -> Result<Vec<Surprise>> {
        let one = |(language, text): &(&'static str, &str)| {
            Ok(Surprise {
                language,
                perplexity: self.perplexity(text)?,
            })
        };
        PARAGRAPHS.iter().map(one).collect()
    }
}
