#!/usr/bin/env bash
# bpmnlint 11.15.0 (npm, MIT): one Linter object, asked about several diagrams in turn, carries what it saw in one over
# to the next. A rule is made once for each Linter and cached; "no-duplicate-sequence-flows" keeps its list of flows in
# the closure of the rule and never empties it. So the second of two files that use the same element ids (or the same
# file asked twice) is told to have duplicate sequence flows, as errors, though it has none.
#
# Guess before trying: a linter judges each diagram by itself, as ESLint's Linter does with each text.
# Seen: first 0 reports; second, same Linter: errors "SequenceFlow is a duplicate"; second, new Linter: 0 reports.
# What to do: a new Linter for each diagram.
#
# Needs node and npm. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund bpmnlint@11.15.0 bpmn-moddle@10.3.1 >/dev/null
cat > flow.bpmn <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:example">
  <bpmn:process id="p" isExecutable="false">
    <bpmn:startEvent id="s" name="Begin"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:task id="t" name="Work"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:task>
    <bpmn:endEvent id="e" name="End"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t" />
    <bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e" />
  </bpmn:process>
</bpmn:definitions>
XML
cat > ask.mjs <<'JS'
import fs from "node:fs";
import { BpmnModdle } from "bpmn-moddle";
import { Linter } from "bpmnlint";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";
const make = () => new Linter({
  config: { rules: { "no-duplicate-sequence-flows": "error" } }, resolver: new NodeResolver(),
});
const ask = async linter => {
  const { rootElement } = await new BpmnModdle().fromXML(fs.readFileSync("flow.bpmn", "utf8"));
  return Object.values(await linter.lint(rootElement)).flat().map(one => one.message);
};
const kept = make();
const first = await ask(kept), second = await ask(kept), fresh = await ask(make());
console.log("first, one Linter: ", first.length);
console.log("second, same Linter:", second.length, [...new Set(second)].join("; "));
console.log("second, new Linter: ", fresh.length);
process.exit(first.length === 0 && second.includes("SequenceFlow is a duplicate") && fresh.length === 0 ? 0 : 1);
JS
node ask.mjs || { echo "bpmnlint behaves otherwise than described"; exit 1; }
