"""Errors of the service layer, and the one shape in which any error leaves it.

ServiceError            carries a Failure
├── FileTooLarge        more bytes than the limit; refused while it is still being sent
├── FileUnreadable      the system does not let us read it (command line only)
├── InvalidRequest      the request itself is wrong: no file, an unknown field, pages that are no pages
├── DocumentTimeout     the document took longer than its limit; its process was ended
├── WorkerCrashed       the process that read the document died, or an error in our own code ended it
├── WorkerMemory        the process ran out of memory
├── QueueFull           too many documents are waiting
├── RateLimited         too many documents of this API key are waiting
├── NotReady            no worker can be started, or the service is ending
├── Draining            the service is ending: it takes nothing new
├── IdempotencyConflict the same Idempotency-Key was sent with something else
├── JobCancelled        the job was cancelled before it ended
├── Pending             the document is still being read
├── Expired             what was asked for has been kept for its time and is gone
├── NotFound            there is nothing of that name
├── TargetUnknown       the result has nothing of that id that could be corrected
├── PreconditionFailed  somebody else has said something in the meantime
├── Unauthorized        an API key is needed, and there was none, or a wrong one
├── InternalError       a bug of ours, not on a document's account
└── DocumentFailed      a DocumentError of the extraction layer, carried over from the worker

Cancelled is no ServiceError: whoever called a job off is not told why there is no answer.
"""

from __future__ import annotations

import msgspec

from extractors.errors import DocumentError, TooLarge


class Failure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why there is no result. ``code`` is stable; ``limit`` and ``observed`` are counts of the same thing."""

    code: str
    message: str
    advice_zh: str = ""
    page: int | None = None
    limit: int | None = None
    observed: int | None = None


class ServiceError(Exception):
    """Something that is answered with a Failure."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class FileTooLarge(ServiceError):
    """More bytes than the limit. ``observed`` is what had arrived when it was refused, or what was announced."""

    def __init__(self, limit: int, observed: int) -> None:
        message = f"the file is larger than {limit} bytes, which is the limit"
        advice = f"文件超过 {limit // 1_000_000} MB，请拆分或压缩后再提交。"
        super().__init__(Failure("file_too_large", message, advice, limit=limit, observed=observed))


class FileUnreadable(ServiceError):
    """The system does not let us read a file; ``why`` is in its own words."""

    def __init__(self, why: str) -> None:
        super().__init__(Failure("file_unreadable", f"cannot be read: {why}", "无法读取文件，请检查路径和权限。"))


class InvalidRequest(ServiceError):
    """The request cannot be understood; the message says what is wrong with it."""

    def __init__(self, message: str) -> None:
        super().__init__(Failure("invalid_request", message, "请求有误，请对照接口说明修改后再提交。"))


class DocumentTimeout(ServiceError):
    """The document took longer than ``seconds``. ``idle``: most of them the process waited, as on a busy machine."""

    def __init__(self, seconds: float, page: int | None, *, idle: bool = False) -> None:
        message = f"reading the document took longer than {seconds:g} s and was stopped"
        advice = "文件处理超时，请拆分后再提交，或联系维护人员。"
        super().__init__(Failure("document_timeout", message, advice, page=page))
        self.idle = idle


class WorkerCrashed(ServiceError):
    """The reading process died (``how`` tells by what), or our own code failed on this document."""

    def __init__(self, how: str, page: int | None = None) -> None:
        message = f"the process that read the document ended: {how}"
        advice = "该文件使解析进程异常终止，请反馈给维护人员；其他文件不受影响。"
        super().__init__(Failure("worker_crashed", message, advice, page=page))


class WorkerMemory(ServiceError):
    """The reading process ran out of memory. ``fresh``: it had read nothing before."""

    def __init__(self, page: int | None = None, *, fresh: bool = False) -> None:
        message = "the process that read the document ran out of memory"
        super().__init__(Failure("worker_memory", message, "文件占用内存过大，请拆分后再提交。", page=page))
        self.fresh = fresh


class QueueFull(ServiceError):
    """``limit`` documents are waiting already. ``retry_after`` is in seconds."""

    def __init__(self, limit: int, retry_after: int) -> None:
        super().__init__(
            Failure("queue_full", f"{limit} documents are waiting already", "服务繁忙，请稍后重试。", limit=limit)
        )
        self.retry_after = retry_after


class RateLimited(ServiceError):
    """``limit`` documents of one API key wait or are read already. ``retry_after`` is in seconds."""

    def __init__(self, limit: int, observed: int, retry_after: int) -> None:
        message = f"{limit} documents of this API key wait or are being read already, which is the limit"
        advice = f"本密钥同时处理的文件已达上限（{limit} 个），请稍后重试。"
        super().__init__(Failure("rate_limited", message, advice, limit=limit, observed=observed))
        self.retry_after = retry_after


class NotReady(ServiceError):
    """The service cannot read documents now."""

    def __init__(self, why: str) -> None:
        super().__init__(Failure("not_ready", f"the service is not ready: {why}", "服务尚未就绪，请稍后重试。"))


class Draining(ServiceError):
    """The service is ending."""

    def __init__(self) -> None:
        super().__init__(Failure("draining", "the service is ending; try again later", "服务正在重启，请稍后再试。"))


class IdempotencyConflict(ServiceError):
    """The same ``Idempotency-Key`` was sent before, with another document or other options."""

    def __init__(self) -> None:
        message = "this Idempotency-Key was sent before, with another document or other options"
        super().__init__(Failure("idempotency_key_conflict", message, "该 Idempotency-Key 已用于其他请求，请换一个。"))


class JobCancelled(ServiceError):
    """The job was cancelled."""

    def __init__(self) -> None:
        super().__init__(Failure("cancelled", "the job was cancelled", "任务已取消，如仍需要请重新提交。"))


class Pending(ServiceError):
    """The document is being read, or waits for it. ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(Failure("pending", "the document is still being read", "文件仍在处理，请稍后再取结果。"))
        self.retry_after = retry_after


class Expired(ServiceError):
    """The result has been kept for its time."""

    def __init__(self) -> None:
        message = "the result has been kept for its time and is gone; send the document again"
        super().__init__(Failure("result_expired", message, "结果已过保存期限，请重新提交文件。"))


class NotFound(ServiceError):
    """There is nothing of that name."""

    def __init__(self) -> None:
        super().__init__(Failure("not_found", "no such resource", "地址或编号不存在，请核对。"))


class TargetUnknown(ServiceError):
    """The newest result has nothing of that id, or nothing that this can be said of; ``why`` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(Failure("unknown_target", why, "最新结果中没有该编号的对象，请核对后再提交。"))


class PreconditionFailed(ServiceError):
    """What was sent rests on an older state than the one that is there (``If-Match``)."""

    def __init__(self) -> None:
        message = "somebody else was faster, or there is a newer result: look again, then decide"
        super().__init__(Failure("precondition_failed", message, "内容已被他人更新或已有新结果，请刷新后重新核对。"))


class Unauthorized(ServiceError):
    """This service wants an API key."""

    def __init__(self) -> None:
        message = "send an API key of this service: Authorization: Bearer KEY"
        super().__init__(Failure("unauthorized", message, "需要有效的 API 密钥，请向服务维护人员申请。"))


class DocumentFailed(ServiceError):
    """A document that could not be read, as the worker reported it."""


class Cancelled(Exception):
    """The job was called off by whoever asked for it."""


class InternalError(ServiceError):
    """A bug of ours; its text is in the log and nowhere else."""

    def __init__(self) -> None:
        message = "the service failed; the log names this request or job"
        super().__init__(Failure("internal_error", message, "服务内部错误，请反馈给维护人员。"))


NOT_A_DOCUMENT = "not_a_document"


def not_a_document(found: str) -> Failure:
    """Why a file of an archive is passed over; ``found`` is what it is."""
    message = f"this is {found}, which is no document that is read"
    return Failure(NOT_A_DOCUMENT, message, "压缩包中的该文件不是可读取的文档，已跳过。")


def failure_of(error: DocumentError) -> Failure:
    """The Failure that says what a DocumentError says."""
    limit, observed = (error.limit, error.observed) if isinstance(error, TooLarge) else (None, None)
    return Failure(error.code, str(error), error.advice_zh, page=error.page, limit=limit, observed=observed)
