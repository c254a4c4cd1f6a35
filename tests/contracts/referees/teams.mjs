// Judges a Teams manifest (standard input) by Microsoft's own schema (first argument); prints what is wrong.
import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import formats from "ajv-formats";

const ajv = new Ajv.default({ allErrors: true, strict: false });
formats.default(ajv);
const judge = ajv.compile(JSON.parse(readFileSync(process.argv[2], "utf8")));
if (!judge(JSON.parse(readFileSync(0, "utf8")))) console.log(ajv.errorsText(judge.errors));
