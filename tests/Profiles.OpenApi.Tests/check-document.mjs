// Holds a document against the OpenAPI schema, and JSON texts against the schemas of the document, with validators of other makers.
// Reads {"document": {…}, "samples": [{"schema": "name", "value": …}]} from standard input, and writes one finding a line.
import { text } from "node:stream/consumers";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const { document, samples } = JSON.parse(await text(process.stdin));
const find = (where, errors) => console.log(`${where}: ${JSON.stringify(errors)}`);

const validator = new Validator();
const outcome = await validator.validate(structuredClone(document));
if (validator.version !== "3.1") find("version", validator.version);
if (!outcome.valid) find("document", outcome.errors);

// Each reference leads somewhere, and each schema is one.
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
for (const format of ["int32", "uint32", "int64", "uint64", "float", "double", "binary"]) ajv.addFormat(format, true);
ajv.addSchema(document, "document");
for (const name of Object.keys(document.components.schemas)) {
  try {
    ajv.compile({ $ref: `document#/components/schemas/${name}` });
  } catch (error) {
    find(name, error.message);
  }
}
validator.resolveRefs();

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })));
const ids = operations.map(({ operation }) => operation.operationId).filter(Boolean);
if (new Set(ids).size !== ids.length) find("operationId", ids.filter((id, at) => ids.indexOf(id) !== at));
for (const { path, method, operation } of operations.filter(({ method }) => !method.startsWith("x-"))) {
  const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path").map((parameter) => parameter.name);
  const named = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]);
  if (declared.toSorted().join() !== named.toSorted().join()) find(`${method} ${path}`, { declared, named });
}
const shapes = Object.keys(document.paths).map((path) => path.replace(/\{[^}]*\}/g, "{}"));
if (new Set(shapes).size !== shapes.length) find("paths", shapes.filter((shape, at) => shapes.indexOf(shape) !== at));

for (const { schema, value } of samples) {
  const validate = ajv.compile({ $ref: `document#/components/schemas/${schema}` });
  if (!validate(value)) find(`${schema} ${JSON.stringify(value)}`, validate.errors);
}
