// Boxes and edges (JSON lines on stdin) -> polylines and milliseconds (JSON lines on stdout), by libavoid.
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { AvoidLib } from "libavoid-js";

await AvoidLib.load(fileURLToPath(new URL("node_modules/libavoid-js/dist/libavoid.wasm", import.meta.url)));
const A = AvoidLib.getInstance();
const { bend = 50, crossing = 400, buffer = 4, nudge = 8 } = JSON.parse(process.env.LIBAVOID || "{}");

function route({ boxes, edges }) {
  const begin = performance.now();
  const router = new A.Router(A.OrthogonalRouting);
  router.setRoutingParameter(A.segmentPenalty, bend);
  router.setRoutingParameter(A.crossingPenalty, crossing);
  router.setRoutingParameter(A.shapeBufferDistance, buffer);
  router.setRoutingParameter(A.idealNudgingDistance, nudge);
  router.setRoutingOption(A.nudgeOrthogonalSegmentsConnectedToShapes, true);
  router.setRoutingOption(A.nudgeSharedPathsWithCommonEndPoint, true);
  router.setRoutingOption(A.performUnifyingNudgingPreprocessingStep, true);
  router.setRoutingOption(A.nudgeOrthogonalTouchingColinearSegments, true);
  const shapes = boxes.map(([l, t, r, b]) => {
    const shape = new A.ShapeRef(router, new A.Rectangle(new A.Point(l, t), new A.Point(r, b)));
    new A.ShapeConnectionPin(shape, 1, 0.5, 0.5, true, 0, 15).setExclusive(false);
    return shape;
  });
  const lines = edges.map(([a, b]) => {
    const line = new A.ConnRef(router, new A.ConnEnd(shapes[a], 1), new A.ConnEnd(shapes[b], 1));
    line.setRoutingType(A.ConnType_Orthogonal);
    return line;
  });
  router.processTransaction();
  const ways = lines.map((line) => {
    const way = line.displayRoute();
    return Array.from({ length: way.size() }, (_, i) => [way.get_ps(i).x, way.get_ps(i).y]);
  });
  const ms = performance.now() - begin;
  A.destroy(router);
  return { ways, ms };
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) console.log(JSON.stringify(route(JSON.parse(line))));
}
