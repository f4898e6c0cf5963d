// Lints each file named on the command line with bpmnlint:recommended; prints a JSON list of [file, level, id, message].
import fs from "node:fs";
import { BpmnModdle } from "bpmn-moddle";
import { Linter } from "bpmnlint";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";

const found = [];
for (const file of process.argv.slice(2)) {
  const linter = new Linter({ config: { extends: "bpmnlint:recommended" }, resolver: new NodeResolver() }); // it remembers
  const { rootElement } = await new BpmnModdle().fromXML(fs.readFileSync(file, "utf8"));
  for (const report of Object.values(await linter.lint(rootElement)).flat()) {
    found.push([file, report.category, report.id, report.message]);
  }
}
console.log(JSON.stringify(found));
