#!/usr/bin/env bash
# bpmn-js-differ 3.2.0 (npm, MIT), diff(old, new) as its README calls it, read with bpmn-moddle 10.3.1:
#   task moved to another lane (flowNodeRef)     nothing at all: who does the work is outside what it compares
#   lane renamed from "Kasi" to "Kasubag"        attrs.name = { oldValue: "Kasubag", newValue: "Kasi" }: turned round
#   flow turned round                            sourceRef, targetRef likewise: the old value stands as the new one
#   name taken away                              attrs.name = { oldValue: 0, newValue: "Periksa" }
#   name given                                   attrs.name = { newValue: "Periksa" }: right way round
#   documentation of a task reworded             attrs["documentation[0]"].newValue is null, as if it had been removed
# _added and _removed are right. So a list of changes "from … to …" cannot be taken from attrs, and a revision that only
# hands a step to somebody else is "no change".
#
# Guess before trying: oldValue and newValue as in the README's example ({ oldValue: '', newValue: 'T' }); a change of lane
# is a change of the lane or of the task.
# What to do: take only which elements changed, and read both values from the two models; compare lanes oneself.
#
# Needs node and npm. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund bpmn-js-differ@3.2.0 bpmn-moddle@10.3.1 >/dev/null
cat > ask.mjs <<'JS'
import assert from "node:assert";
import { BpmnModdle } from "bpmn-moddle";
import { diff } from "bpmn-js-differ";
const xml = ({ lane = "a", called = "Kasi", name = ' name="Periksa"', said = "15 menit", from = "t", to = "u", more = "" }) => `
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:example">
  <process id="p">
    <laneSet id="s">
      <lane id="a" name="${called}">${lane === "a" ? "<flowNodeRef>t</flowNodeRef>" : ""}<flowNodeRef>u</flowNodeRef></lane>
      <lane id="b" name="Kabid">${lane === "b" ? "<flowNodeRef>t</flowNodeRef>" : ""}</lane>
    </laneSet>
    <task id="t"${name}><documentation>${said}</documentation></task>
    <task id="u" name="Setujui" />${more}
    <sequenceFlow id="f" sourceRef="${from}" targetRef="${to}" />
  </process>
</definitions>`;
const read = async which => (await new BpmnModdle().fromXML(xml(which))).rootElement;
const ask = async (before, after) => {
  const found = diff(await read(before), await read(after));
  const said = JSON.stringify([
    Object.keys(found._added), Object.keys(found._removed),
    Object.entries(found._changed).map(([id, { attrs }]) => [id, attrs]),
  ]);
  console.log(JSON.stringify(before), "->", JSON.stringify(after), said);
  return JSON.parse(said);
};
const attrs = async (before, after, id) => Object.fromEntries((await ask(before, after))[2])[id];
assert.deepEqual(await ask({}, { lane: "b" }), [[], [], []]);
assert.deepEqual(await ask({}, { more: '<task id="n" />' }), [["n"], [], []]);
assert.deepEqual(await ask({ more: '<task id="n" />' }, {}), [[], ["n"], []]);
assert.deepEqual(await attrs({}, { called: "Kasubag" }, "a"), { name: { oldValue: "Kasubag", newValue: "Kasi" } });
assert.equal((await attrs({}, { from: "u", to: "t" }, "f")).sourceRef.oldValue, "#ref:u");
assert.deepEqual(await attrs({}, { name: "" }, "t"), { name: { oldValue: 0, newValue: "Periksa" } });
assert.deepEqual(await attrs({ name: "" }, {}, "t"), { name: { newValue: "Periksa" } });
assert.equal((await attrs({}, { said: "30 menit" }, "t"))["documentation[0]"].newValue, null);
JS
node ask.mjs || { echo "bpmn-js-differ behaves otherwise than described"; exit 1; }
