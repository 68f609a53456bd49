"""What to cite: the papers that a net is from, for BibTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.origins import papers
from resnet_explorer.exports.export import Export

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report


class Reference(NamedTuple):
    """A paper as it is cited in full."""

    authors: str
    title: str


_HE = "He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian"
REFERENCES = {
    "1409.1556": Reference(
        "Simonyan, Karen and Zisserman, Andrew", "Very Deep Convolutional Networks for Large-Scale Image Recognition"
    ),
    "1505.00387": Reference(
        'Srivastava, Rupesh Kumar and Greff, Klaus and Schmidhuber, J{\\"u}rgen', "Highway Networks"
    ),
    "1512.03385": Reference(_HE, "Deep Residual Learning for Image Recognition"),
    "1603.05027": Reference(_HE, "Identity Mappings in Deep Residual Networks"),
    "1605.07146": Reference("Zagoruyko, Sergey and Komodakis, Nikos", "Wide Residual Networks"),
    "1611.05431": Reference(
        "Xie, Saining and Girshick, Ross and Doll{\\'a}r, Piotr and Tu, Zhuowen and He, Kaiming",
        "Aggregated Residual Transformations for Deep Neural Networks",
    ),
    "1709.01507": Reference(
        "Hu, Jie and Shen, Li and Albanie, Samuel and Sun, Gang and Wu, Enhua", "Squeeze-and-Excitation Networks"
    ),
    "1803.08494": Reference("Wu, Yuxin and He, Kaiming", "Group Normalization"),
    "1812.01187": Reference(
        "He, Tong and Zhang, Zhi and Zhang, Hang and Zhang, Zhongyue and Xie, Junyuan and Li, Mu",
        "Bag of Tricks for Image Classification with Convolutional Neural Networks",
    ),
    "1904.11486": Reference("Zhang, Richard", "Making Convolutional Networks Shift-Invariant Again"),
    "1910.03151": Reference(
        "Wang, Qilong and Wu, Banggu and Zhu, Pengfei and Li, Peihua and Zuo, Wangmeng and Hu, Qinghua",
        "ECA-Net: Efficient Channel Attention for Deep Convolutional Neural Networks",
    ),
    "2002.10444": Reference(
        "De, Soham and Smith, Samuel L.",
        "Batch Normalization Biases Residual Blocks Towards the Identity Function in Deep Networks",
    ),
}
"""The papers by their number on arXiv."""


def _bibtex(report: Report) -> str:
    entries = []
    for paper in papers(report.spec):
        authors, title = REFERENCES[paper.arxiv]
        fields = {
            "title": f"{{{title}}}",
            "author": authors,
            "year": str(paper.year),
            "eprint": paper.arxiv,
            "archivePrefix": "arXiv",
            "url": paper.link,
        }
        name = f"{authors.partition(',')[0].lower()}{paper.year}_{paper.arxiv.replace('.', '_')}"
        inside = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items())
        entries.append(f"@misc{{{name},\n{inside}}}\n")
    return "\n".join(entries)


BIBTEX = Export(
    name="bibtex",
    title="BibTeX",
    help="the papers that the net is from",
    suffix=".bib",
    mime="text/x-bibtex",
    write=_bibtex,
)
