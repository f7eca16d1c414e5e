using System.Buffers;
using Club.Kernel;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>What the HTTP functions share: bounded bodies, problems as RFC 9457, lists.</summary>
internal static class Http
{
    public const int MaximumBody = 64 * 1024;

    /// <summary>For drafts of a programme: one with a few hundred rules has several hundred KiB, and the host takes no more.</summary>
    public const int MaximumProgramme = 1024 * 1024;

    private static readonly byte[] TooLong = new byte[MaximumProgramme + 1];

    private const int DefaultLimit = 50;
    private const int MaximumLimit = 200;
    private const int MaximumReason = 512;

    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, ClubJson.Answers, statusCode: status);

    public static IResult Problem(Problem problem) => Problem(problem, problem.Code switch
    {
        "wechat-signature" or "wechat-timestamp" or "wechat-decrypt" or "webhook-signature" or "webhook-timestamp" or "webhook-header" or "sms-webhook-key" => StatusCodes.Status401Unauthorized,
        "wechat-too-large" or "webhook-too-large" or "sms-event-too-large" => StatusCodes.Status413PayloadTooLarge,
        "not-found" => StatusCodes.Status404NotFound,
        "different-content" or "no-entitlement-left" or "not-entitled" or "use-undone" or "not-awaiting-approval" or "rejection-lapsed" or "rejection-cut" => StatusCodes.Status409Conflict,
        "draft-changed" => StatusCodes.Status412PreconditionFailed,
        _ => StatusCodes.Status400BadRequest,
    });

    public static IResult Problem(Problem problem, int status)
    {
        if (status == StatusCodes.Status401Unauthorized) Telemetry.Refusals.Add(1, new KeyValuePair<string, object?>("code", problem.Code));
        return Answer(problem, status);
    }

    private static IResult Answer(Problem problem, int status) => Results.Problem(
        detail: problem.Message, statusCode: status, title: problem.Code,
        extensions: problem.Path is null
            ? new Dictionary<string, object?> { ["code"] = problem.Code }
            : new Dictionary<string, object?> { ["code"] = problem.Code, ["path"] = problem.Path });

    /// <summary>Several problems at once: the first is the answer's own, and <c>errors</c> lists them all.</summary>
    public static IResult Problems(IReadOnlyList<Problem> problems, int status) => Results.Problem(
        detail: $"{problems[0].Path}: {problems[0].Message}", statusCode: status, title: problems[0].Code,
        extensions: new Dictionary<string, object?> { ["code"] = problems[0].Code, ["path"] = problems[0].Path, ["errors"] = problems });

    public static IResult NotFound(string what) => Problem(Kernel.Problem.NotFound(what));

    public static IResult TooLarge(int maximum = MaximumBody) => Problem(new Problem("too-large", $"The body has more than {maximum} bytes."), StatusCodes.Status413PayloadTooLarge);

    /// <summary>The raw body; one byte more than the maximum when it is larger, so that the reader refuses it.</summary>
    public static async Task<ReadOnlyMemory<byte>> Body(HttpRequest request, CancellationToken cancellation, int maximum = MaximumBody)
    {
        if (request.ContentLength > maximum) return TooLong.AsMemory(0, maximum + 1);
        var buffer = new ArrayBufferWriter<byte>(request.ContentLength is > 0 and <= MaximumBody ? (int)request.ContentLength.Value : 1024);
        while (buffer.WrittenCount <= maximum)
        {
            var read = await Read(request, buffer.GetMemory(512), cancellation);
            if (read == 0) break;
            buffer.Advance(read);
        }
        return buffer.WrittenMemory.Length > maximum ? buffer.WrittenMemory[..(maximum + 1)] : buffer.WrittenMemory;
    }

    /// <summary>Whatever a body is broken by, a chunk whose size is beyond every number or a caller who has gone, is no fault of ours.</summary>
    private static async ValueTask<int> Read(HttpRequest request, Memory<byte> into, CancellationToken cancellation)
    {
        try
        {
            return await request.Body.ReadAsync(into, cancellation);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The body is broken.", broken);
        }
    }

    /// <summary>How many items a page may have: 50 unless asked otherwise, at most 200.</summary>
    public static Outcome<int> Limit(HttpRequest request)
    {
        if (request.Query["limit"].ToString() is not { Length: > 0 } text) return DefaultLimit;
        return int.TryParse(text, out var limit) && limit is >= 1 and <= MaximumLimit
            ? limit
            : new Problem("invalid-limit", $"limit: \"{text}\" is not a whole number from 1 to {MaximumLimit}.", "limit");
    }

    /// <summary>One page of a list that the store continues.</summary>
    public static async Task<IResult> Page<T>(HttpRequest request, Func<int, string?, Task<(IReadOnlyList<T> Items, string? Continuation)>> find)
    {
        var limit = Limit(request);
        if (limit.Problem is { } wrong) return Problem(wrong);
        var continuation = Query(request, "continuation");
        try
        {
            var (items, next) = await find(limit.Value, continuation);
            return Json(new ListPage<T>(items, next));
        }
        catch (ArgumentException) when (continuation is not null)
        {
            return UnknownContinuation();
        }
    }

    public static IResult UnknownContinuation() => Problem(new Problem("invalid-continuation", "continuation: not one that this list gave.", "continuation"));

    /// <summary>Why a member of staff takes something back, and who it is: <c>reason</c> and <c>author</c> of the query.</summary>
    public static Outcome<(string? Reason, string? Author)> Staff(HttpRequest request)
    {
        var (reason, author) = (Query(request, "reason"), Query(request, "author"));
        if (reason?.Length > MaximumReason) return new Problem("invalid-data", $"reason: at most {MaximumReason} characters are expected.", "reason");
        return author?.Length > Tiers.GrantRequest.MaximumAuthor
            ? new Problem("invalid-data", $"author: at most {Tiers.GrantRequest.MaximumAuthor} characters are expected.", "author")
            : (reason, author);
    }

    public static string? Query(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}

/// <summary>One page of a list.</summary>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Continuation);
