"""内容包写出（QTI）: how do chosen questions become one package that another system opens?"""

import io
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

from touchstone.measurement.interchange.delivery import Format, Left, Outgoing, Refused, Shipment
from touchstone.measurement.interchange.media import shown
from touchstone.measurement.interchange.qti.writing import identifier_of, write_item
from touchstone.measurement.interchange.rich import Malformed

_CP = {
    Format.QTI21: ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.1 Package", "imsqti_item_xmlv2p1"),
    Format.QTI22: ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.2 Package", "imsqti_item_xmlv2p2"),
    Format.QTI30: ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "QTI Package", "imsqti_item_xmlv3p0"),
}
_SCHEMA_VERSION = {Format.QTI21: "1.0.0", Format.QTI22: "1.0.0", Format.QTI30: "3.0.0"}
_DAY = (2000, 1, 1, 0, 0, 0)


def write_package(questions: Sequence[Outgoing], version: Format, files: Mapping[str, bytes]) -> Shipment:
    """This function will write a content package. The same questions give the same bytes. A picture that is not at hand is reported."""
    memory = io.BytesIO()
    left: list[Left] = []
    resources: list[tuple[str, str, tuple[str, ...]]] = []
    carried: dict[str, None] = {}
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        taken: set[str] = set()
        for one in questions:
            name = identifier_of(one.identifier)
            while name in taken:
                name += "_"
            taken.add(name)
            pictures = tuple(picture for picture in shown(one.question) if picture in files)
            try:
                content, losses = write_item(one, version, {picture: f"../media/{picture}" for picture in pictures})
            except Refused as refusal:
                left.append(Left(one.identifier, (refusal.loss,), refused=True))
                continue
            except Malformed as fault:
                left.append(Left(one.identifier, (Refused(0, one.identifier, fault.sentence).loss,), refused=True))
                continue
            missing = [picture for picture in shown(one.question) if picture not in files]
            losses += [Refused(0, f"文件“{picture}”", "不在库里，没有放进内容包").loss for picture in missing]
            _put(package, f"items/{name}.xml", content)
            resources.append((name, f"items/{name}.xml", pictures))
            carried |= dict.fromkeys(pictures)
            left.append(Left(one.identifier, tuple(losses)))
        for picture in carried:
            _put(package, f"media/{picture}", files[picture])
        _put(package, "imsmanifest.xml", _manifest(version, resources))
    return Shipment(version, "questions.zip", "application/zip", memory.getvalue(), tuple(left))


def _put(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    about = zipfile.ZipInfo(name, _DAY)
    about.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(about, content)


def _manifest(version: Format, resources: Sequence[tuple[str, str, tuple[str, ...]]]) -> bytes:
    space, schema, kind = _CP[version]
    root = etree.Element(f"{{{space}}}manifest", nsmap={None: space}, identifier="MANIFEST")
    metadata = etree.SubElement(root, f"{{{space}}}metadata")
    etree.SubElement(metadata, f"{{{space}}}schema").text = schema
    etree.SubElement(metadata, f"{{{space}}}schemaversion").text = _SCHEMA_VERSION[version]
    etree.SubElement(root, f"{{{space}}}organizations")
    listed = etree.SubElement(root, f"{{{space}}}resources")
    for name, href, pictures in resources:
        resource = etree.SubElement(listed, f"{{{space}}}resource", identifier=f"RES-{name}", type=kind, href=href)
        for path in (href, *(f"media/{picture}" for picture in pictures)):
            etree.SubElement(resource, f"{{{space}}}file", href=path)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
