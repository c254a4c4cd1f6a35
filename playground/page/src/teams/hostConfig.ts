/** How cards look: the renderer writes these into styles, so colours are the page's own variables. */
import { HostConfig } from "adaptivecards/dist/adaptivecards.js";

const colour = (name: string) => {
  const both = { default: `var(--${name})`, subtle: name === "ink" ? "var(--ink-soft)" : `var(--${name})` };
  return { ...both, highlightColors: { default: "var(--mark)", subtle: "var(--mark)" } };
};

const foregroundColors = {
  default: colour("ink"),
  dark: colour("ink"),
  light: colour("ink-soft"),
  accent: colour("accent"),
  good: colour("good"),
  warning: colour("warning"),
  attention: colour("attention"),
};

const container = (background: string) => ({ backgroundColor: `var(--${background})`, foregroundColors });

export const hostConfig = new HostConfig({
  supportsInteractivity: true,
  fontFamily: "inherit",
  fontSizes: { small: 12, default: 14, medium: 14, large: 17, extraLarge: 20 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 28 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  containerStyles: {
    default: container("card"),
    emphasis: container("card-emphasis"),
    accent: container("card-accent"),
    good: container("card-good"),
    warning: container("card-warning"),
    attention: container("card-attention"),
  },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    showCard: { actionMode: "inline", inlineTopMargin: 8, style: "emphasis" },
  },
  factSet: {
    title: { color: "default", size: "default", weight: "bolder", wrap: true, maxWidth: 140 },
    value: { color: "default", size: "default", weight: "default", wrap: true },
    spacing: 12,
  },
  table: { cellSpacing: 8 },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder" },
    },
    errorMessage: { color: "attention", weight: "bolder", spacing: "small" },
  },
});
