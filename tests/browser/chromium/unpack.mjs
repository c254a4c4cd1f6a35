// Unpacks Chromium, the libraries it needs and a font into the folder named by the first argument.
import process from "node:process";

import chromium from "@sparticuz/chromium";

process.env.TMPDIR = process.argv[2];
// The package unpacks its libraries only where it believes itself on Amazon's machines; we want them everywhere.
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";
await chromium.executablePath();
