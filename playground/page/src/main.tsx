/** Puts the page into the document. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Page } from "./Page";
import "./styles/page.css";
import "./styles/top.css";
import "./styles/composer.css";
import "./styles/window.css";
import "./styles/message.css";
import "./styles/slack.css";
import "./styles/teams.css";
import "./styles/card.css";
import "./styles/form.css";
import "./styles/drawer.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}
