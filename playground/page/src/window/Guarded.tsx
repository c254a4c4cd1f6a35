/** Keeps one message that cannot be drawn from taking the whole page down with it. */
import { Component, type ReactNode } from "react";

type Props = { children: ReactNode };

export class Guarded extends Component<Props, { broken: boolean }> {
  state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  render() {
    if (this.state.broken) return <p className="block-unknown">The playground cannot draw this message.</p>;
    return this.props.children;
  }
}
