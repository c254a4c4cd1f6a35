/** The bundled build, which keeps Table under a bundler, has the types of the package itself. */
declare module "adaptivecards/dist/adaptivecards.js" {
  export * from "adaptivecards";
}
