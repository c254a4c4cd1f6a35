"""`serve` on a database whose clock was moved, which the real one refuses; all else is the same."""

import parley
from adapters.cli import logs, serving
from adapters.settings import Settings
from bot.clock import Clock


def main() -> None:
    """Run until stopped."""
    settings = Settings()
    bot = parley.assemble(settings, Clock())
    bot.store.load_clock()
    bound = serving.take(settings.parley_host, settings.parley_port, "choose another")
    logs.start()
    serving.serve(bot.app, bound)


if __name__ == "__main__":
    main()
