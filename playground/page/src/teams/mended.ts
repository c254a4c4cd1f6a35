/** Names that the card renderer leaves out or gives twice, so that inputs are told and set each for itself. */

let cards = 0;

export function mend(drawn: Node | undefined): Node | undefined {
  if (!(drawn instanceof HTMLElement)) return drawn;
  cards += 1;
  drawn.querySelectorAll<HTMLInputElement>("input[type=radio]").forEach(partFromOtherCards);
  drawn.querySelectorAll<HTMLElement>(".ac-choiceSetInput-filtered").forEach(nameSearch);
  drawn.querySelectorAll<HTMLElement>(".ac-choiceSetInput-expanded").forEach(nameGroup);
  return drawn;
}

/** A box to search in is named by its label and not by its placeholder. */
function nameSearch(input: HTMLElement): void {
  const label = input.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
  if (!label) return;
  input.setAttribute("aria-labelledby", label);
  input.removeAttribute("aria-label");
}

/** Two cards with a question of one name are two questions. */
function partFromOtherCards(radio: HTMLInputElement): void {
  radio.name = `${radio.name}-${cards}`;
}

/** Radio buttons are one group under their label. */
function nameGroup(group: HTMLElement): void {
  const [label] = group.querySelector("input")?.getAttribute("aria-labelledby")?.split(" ") ?? [];
  group.setAttribute("role", "radiogroup");
  if (label) group.setAttribute("aria-labelledby", label);
}
