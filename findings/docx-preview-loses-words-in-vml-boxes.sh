#!/usr/bin/env bash
# docx-preview 0.4.1 draws of a drawn shape in Word only its VML copy (mc:Fallback), as SVG. What it makes of four shapes
# that Word 2007 and LibreOffice show whole (jsdom 26.1.0 as the browser):
#   v:rect with a v:textbox       <rect><foreignObject>Setuju…   SVG draws nothing inside of a rect: the words are gone
#   v:shape with a v:textbox      <g><foreignObject>Setuju…      seen, but the path of the shape is not
#   v:line, v:stroke endarrow     <line>, without marker         the arrow has no head
#   v:shape with path alone       <g>, empty                     nothing is seen
# So a flowchart that was written carefully, with both copies, has boxes but no words in them, and no direction.
#
# Guess before trying: a fallback that is right for Word is right for a preview, or an element that it does not know is left out.
# What to do: a box is a v:rect without text, its words a v:shape of the same place without line and fill; heads are two short
# v:line more; slanting outlines are v:line.
#
# Needs node and npm. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund docx-preview@0.4.1 jszip@3.10.1 jsdom@26.1.0 >/dev/null
cat > look.js <<'JS'
const { JSDOM } = require("jsdom"), JSZip = require("jszip");
const dom = new JSDOM("<div id=out></div>", { pretendToBeVisual: true });
for (const name of ["window", "document", "Node", "DOMParser", "XMLSerializer", "Element", "HTMLElement"])
  globalThis[name] = dom.window[name] ?? dom.window;
globalThis.requestAnimationFrame = () => 0;
const docx = require("docx-preview");
const words = "<w:txbxContent><w:p><w:r><w:t>Setuju</w:t></w:r></w:p></w:txbxContent>";
const box = "position:absolute;margin-left:0;margin-top:0;width:70pt;height:24pt";
const shapes = {
  rect: `<v:rect style="${box}"><v:textbox>${words}</v:textbox></v:rect>`,
  shape: `<v:shape style="${box}" coordsize="1,1" path="m,l1,,1,1,,1xe"><v:textbox>${words}</v:textbox></v:shape>`,
  arrow: '<v:line from="0,0" to="50pt,0"><v:stroke color="black" endarrow="block"/></v:line>',
  path: `<v:shape style="${box}" coordsize="1,1" path="m,l1,,1,1,,1xe" strokecolor="black"/>`,
};
const seen = {
  rect: ["rect", "foreignObject"],
  shape: ["g", "foreignObject"],
  arrow: ["line"],
  path: ["g"],
};
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
async function file(shape) {
  const zip = new JSZip();
  zip.file("[Content_Types].xml", `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType=` +
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`);
  zip.file("_rels/.rels", `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r" Type="${OFFICE}"` +
    ' Target="word/document.xml"/></Relationships>');
  zip.file("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:body><w:p><w:r><w:pict>' +
    `${shape}</w:pict></w:r></w:p></w:body></w:document>`);
  return zip.generateAsync({ type: "uint8array" });
}
(async () => {
  let changed = false;
  for (const [name, shape] of Object.entries(shapes)) {
    const out = document.createElement("div");
    await docx.renderAsync(await file(shape), out, null, { inWrapper: false });
    const svg = out.querySelector("svg"), chain = [];
    for (let one = svg && svg.firstElementChild; one && one.namespaceURI.endsWith("svg"); one = one.firstElementChild)
      chain.push(one.tagName);
    const heads = [...out.querySelectorAll("svg *")].some(one => one.getAttribute("marker-end"));
    console.log(name.padEnd(6), chain.join(" > "), heads ? "with a head" : "");
    changed ||= heads || JSON.stringify(chain) !== JSON.stringify(seen[name]);
  }
  process.exit(changed ? 1 : 0);
})();
JS
node look.js
