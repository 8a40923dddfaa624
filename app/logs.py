"""The log: a line an event on standard error, in one form for us, for Python's own logging and for the web server."""

import logging
import logging.config
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, Literal

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from app.config import Settings

_OURS = "app"
_FIRST = ["timestamp", "level", "event"]
_ROW_VALUES = "DETAIL:"


def install(settings: Settings) -> None:
    """For the whole process."""
    logging.config.dictConfig(configuration(settings))
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[*_both(), ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level.upper()]),
        logger_factory=_our_logger,
    )
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def configuration(settings: Settings) -> dict[str, Any]:
    """Of Python's own logging; the web server takes it, too, and hands it to its workers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "app.logs.formatter", "form": settings.log_format}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
        "loggers": {
            _OURS: {"handlers": ["stderr"], "level": "DEBUG", "propagate": False},  # ours are sifted before
            "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "granian.access": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
        # Never more, whatever LOG_LEVEL says: what libraries tell of their work holds addresses and statements.
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }


def formatter(form: Literal["logfmt", "json"]) -> ProcessorFormatter:
    renderers: dict[str, list[Processor]] = {
        "logfmt": [_printable, structlog.processors.LogfmtRenderer(key_order=_FIRST, bool_as_flag=False)],
        "json": [_in_order, structlog.processors.JSONRenderer(ensure_ascii=False)],
    }
    return ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *_both()],
        processors=[ProcessorFormatter.remove_processors_meta, *renderers[form]],
    )


def trace_of(problem: BaseException) -> str:
    """Where it came from, without what PostgreSQL adds of the row in question: that is about people."""
    lines = "".join(traceback.format_exception(problem)).splitlines()
    return "\n".join(line for line in lines if not line.startswith(_ROW_VALUES))


def _both() -> list[Processor]:
    """For our own lines and for those of others."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        _traced,
    ]


def _our_logger(*_names: Any) -> logging.Logger:
    return logging.getLogger(_OURS)


def _traced(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    told = line.pop("exc_info", None)
    problem = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(problem, BaseException):
        line["trace"] = trace_of(problem)
    return line


def _printable(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """What could begin a line of its own, or hide one, is spelled out; ends of lines are left to the renderer."""
    return {key: _spelled(value) if isinstance(value, str) else value for key, value in line.items()}


def _spelled(text: str) -> str:
    return "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape").decode() for char in text
    )


def _in_order(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    return {key: line[key] for key in [*_FIRST, *(key for key in line if key not in _FIRST)] if key in line}


def _uncaught(kind: type[BaseException], problem: BaseException | None, _trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    structlog.get_logger().error("unforeseen", trace=trace_of(problem) if problem else kind.__name__)
