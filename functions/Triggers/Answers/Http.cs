using System.Buffers;
using System.Text.Json;
using Club.Access;
using Club.Kernel;
using Club.Store;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>What the HTTP functions share: bounded bodies, problems as RFC 9457, lists.</summary>
internal static class Http
{
    /// <summary>For drafts of a programme: one with a few hundred rules has several hundred KiB, and the host takes no more.</summary>
    public const int MaximumProgramme = 1024 * 1024;

    private static readonly byte[] NoMembers = "{}"u8.ToArray();
    private static readonly byte[] TooLong = new byte[MaximumProgramme + 1];

    private const int DefaultLimit = 50;
    private const int MaximumLimit = 200;
    private const int MaximumKey = 128;

    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ClubJson.Answers, statusCode: status);

    public static IResult Problem(Problem problem)
    {
        if (problem.Kind == ProblemKind.Unproven) Telemetry.Refusals.Add(1, new KeyValuePair<string, object?>("code", problem.Code));
        return Answer(problem, StatusOf(problem.Kind));
    }

    public static int StatusOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => StatusCodes.Status400BadRequest,
        ProblemKind.Unproven => StatusCodes.Status401Unauthorized,
        ProblemKind.Denied => StatusCodes.Status403Forbidden,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.Changed => StatusCodes.Status412PreconditionFailed,
        ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemKind.MediaType => StatusCodes.Status415UnsupportedMediaType,
        ProblemKind.Busy => StatusCodes.Status429TooManyRequests,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static IResult Answer(Problem problem, int status)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = problem.Code };
        if (problem.Path is { } path) extensions["path"] = path;
        foreach (var (name, number) in problem.Numbers ?? new Dictionary<string, decimal>()) extensions[name] = number;
        return Results.Problem(detail: problem.Message, statusCode: status, title: problem.Code, extensions: extensions);
    }

    /// <summary>Several problems at once: the first is the answer's own, and <c>errors</c> lists them all.</summary>
    public static IResult Problems(IReadOnlyList<Problem> problems, ProblemKind kind) => Results.Problem(
        detail: $"{problems[0].Path}: {problems[0].Message}", statusCode: StatusOf(kind), title: problems[0].Code,
        extensions: new Dictionary<string, object?> { ["code"] = problems[0].Code, ["path"] = problems[0].Path, ["errors"] = problems });

    /// <summary>Who calls, as the gate has found.</summary>
    /// <exception cref="InvalidOperationException">The call passed no gate: a mistake of the host.</exception>
    public static Caller CallerOf(HttpRequest request) =>
        request.HttpContext.Features.Get<Caller>() ?? throw new InvalidOperationException("The call passed no gate.");

    public static IResult NotFound(string what) => Problem(Kernel.Problem.NotFound(what));

    /// <summary>What a body asks for that changes nothing. Nothing at all is an object without members.</summary>
    public static async Task<Outcome<T>> Read<T>(HttpRequest request, Func<JsonFields, Outcome<T>> read, CancellationToken cancellation,
        int maximum = Limits.Body)
    {
        var body = await Body(request, cancellation, maximum);
        if (body.Length > maximum) return Kernel.Problem.TooLarge(maximum);
        if (body.IsEmpty) return JsonFields.Parse(NoMembers, read);
        return MediaTypes.Unfit(request.ContentType) is { } unfit ? unfit : JsonFields.Parse(body, read);
    }

    /// <summary>What a body asks to change, and who does.</summary>
    /// <param name="named">Whether an operator must say who acts.</param>
    public static Task<Outcome<(T Wanted, Caller Caller)>> ReadSigned<T>(HttpRequest request, Func<JsonFields, Outcome<T>> read,
        CancellationToken cancellation, int maximum = Limits.Body, bool named = true) =>
        Read<(T, Caller)>(request, fields =>
        {
            var wanted = read(fields);
            var caller = Signed(request, CallerOf(request).Named(fields, named));
            return (wanted.Problem ?? fields.Problem) is { } problem ? problem : (wanted.Value, caller);
        }, cancellation, maximum);

    /// <summary>Of a body that says why, and nothing else.</summary>
    public static Outcome<string> Reason(JsonFields body) => body.Reason() is { } reason ? reason : body.Problem!;

    /// <summary>Of a body that may say who acts, and nothing else.</summary>
    public static Outcome<bool> Nothing(JsonFields body) => true;

    /// <summary>The same of a call that moves points, money, stock or entitlements, for which a key must be given.</summary>
    public static async Task<Outcome<(T Wanted, Caller Caller, Command Command)>> ReadOnce<T>(HttpRequest request,
        Func<JsonFields, Outcome<T>> read, CancellationToken cancellation)
    {
        var wanted = await ReadCommand(request, read, cancellation, named: false);
        if (wanted.Problem is { } problem) return problem;
        return wanted.Value.Command is { } command ? (wanted.Value.Wanted, wanted.Value.Caller, command)
            : new Problem("missing-key", $"Idempotency-Key: 1 to {MaximumKey} printable ASCII characters are expected, so that a repeat is told from a second wish.", "Idempotency-Key");
    }

    /// <summary>Carries out a call that moves points, money, stock or entitlements, and answers it.</summary>
    /// <param name="status">Of its answer, and of a repeat's.</param>
    public static Task<IResult> Once<TWanted, T>(HttpRequest request, Func<JsonFields, Outcome<TWanted>> read,
        Func<TWanted, Command, Caller, Task<Outcome<Answered<T>>>> carryOut, CancellationToken cancellation,
        int status = StatusCodes.Status200OK) => Once(request, read, carryOut, _ => status, cancellation);

    /// <summary>The same where the answer itself says which status it has.</summary>
    public static async Task<IResult> Once<TWanted, T>(HttpRequest request, Func<JsonFields, Outcome<TWanted>> read,
        Func<TWanted, Command, Caller, Task<Outcome<Answered<T>>>> carryOut, Func<T, int> status, CancellationToken cancellation)
    {
        var wanted = await ReadOnce(request, read, cancellation);
        if (wanted.Problem is { } wrong) return Problem(wrong);
        var (what, caller, command) = wanted.Value;
        return Answer(request, await carryOut(what, command, caller), status);
    }

    /// <summary>The same of a call that must happen once: <c>Idempotency-Key</c> and what it is asked for with.</summary>
    public static async Task<Outcome<(T Wanted, Caller Caller, Command? Command)>> ReadCommand<T>(HttpRequest request,
        Func<JsonFields, Outcome<T>> read, CancellationToken cancellation, bool named = true)
    {
        var digest = "";
        var signed = await ReadSigned(request, fields =>
        {
            digest = ContentDigest.Of(fields.Json);
            return read(fields);
        }, cancellation, named: named);
        if (signed.Problem is { } wrong) return wrong;
        var command = Command(request, digest);
        return command.Problem is { } problem ? problem : (signed.Value.Wanted, signed.Value.Caller, command.Value);
    }

    /// <summary>The caller's key, with a digest of the address and of what the body holds; null without a key.</summary>
    public static Outcome<Command?> Command(HttpRequest request, string digest)
    {
        var given = request.Headers["Idempotency-Key"];
        if (given.Count > 1)
            return new Problem("invalid-data", "Idempotency-Key: the call shows more than one.", "Idempotency-Key");
        var key = given.ToString();
        if (key.Length == 0) return (Command?)null;
        return key.Length <= MaximumKey && key.All(character => character is >= ' ' and <= '~')
            ? new Command(key, Ids.Derived("", request.Method, request.Path, digest)) { Scope = CallerOf(request).Dealer }
            : new Problem("invalid-data", $"Idempotency-Key: 1 to {MaximumKey} printable ASCII characters are expected.",
                "Idempotency-Key");
    }

    /// <summary>What a command came to. A repeat is told the same again, and that it is a repeat.</summary>
    public static IResult Answer<T>(HttpRequest request, Outcome<Answered<T>> outcome, Func<T, bool> isNew) =>
        Answer(request, outcome, answer => isNew(answer) ? StatusCodes.Status201Created : StatusCodes.Status200OK);

    /// <inheritdoc cref="Answer{T}(HttpRequest, Outcome{Answered{T}}, Func{T, bool})"/>
    public static IResult Answer<T>(HttpRequest request, Outcome<Answered<T>> outcome, Func<T, int> statusOf)
    {
        if (outcome.Problem is { } problem) return Problem(problem);
        var (answer, isRepeat) = outcome.Value;
        if (isRepeat) request.HttpContext.Response.Headers["Idempotent-Replayed"] = "true";
        return Json(answer, statusOf(answer));
    }

    /// <summary>The raw body; one byte more than the maximum when it is larger, so that the reader refuses it.</summary>
    public static async Task<ReadOnlyMemory<byte>> Body(HttpRequest request, CancellationToken cancellation, int maximum = Limits.Body)
    {
        if (request.ContentLength > maximum) return TooLong.AsMemory(0, maximum + 1);
        var buffer = new ArrayBufferWriter<byte>(request.ContentLength is > 0 and <= Limits.Body ? (int)request.ContentLength.Value : 1024);
        while (buffer.WrittenCount <= maximum)
        {
            var read = await Read(request, buffer.GetMemory(512), cancellation);
            if (read == 0) break;
            buffer.Advance(read);
        }
        return buffer.WrittenMemory.Length > maximum ? buffer.WrittenMemory[..(maximum + 1)] : buffer.WrittenMemory;
    }

    /// <summary>Whatever a body is broken by, a chunk whose size is beyond every number or a caller who has gone, is no fault of
    /// ours.</summary>
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

    /// <summary>Of which dealer the query asks; null: of any.</summary>
    public static DealerId? DealerOf(HttpRequest request) => Query(request, "dealerId") is { } named ? new DealerId(named) : null;

    /// <summary>One of the words of an enumeration, as answers write them; null when the query does not ask.</summary>
    /// <param name="hidden">Those of which nobody is told.</param>
    public static Outcome<T?> Choice<T>(HttpRequest request, string name, params T[] hidden) where T : struct, Enum
    {
        if (Query(request, name) is not { } word) return (T?)null;
        var words = Enum.GetValues<T>().Except(hidden).ToDictionary(one => JsonNamingPolicy.CamelCase.ConvertName($"{one}"), StringComparer.Ordinal);
        return words.TryGetValue(word, out var known) ? known
            : new Problem("invalid-query", $"{name}: one of {string.Join(", ", words.Keys)} is expected.", name);
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
    public static async Task<IResult> Page<T>(HttpRequest request,
        Func<int, string?, Task<(IReadOnlyList<T> Items, string? Continuation)>> find)
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

    /// <summary>The same of a list that may be refused.</summary>
    public static async Task<IResult> PageOrProblem<T>(HttpRequest request,
        Func<int, string?, Task<Outcome<(IReadOnlyList<T> Items, string? Continuation)>>> find)
    {
        var limit = Limit(request);
        if (limit.Problem is { } wrong) return Problem(wrong);
        var continuation = Query(request, "continuation");
        try
        {
            var found = await find(limit.Value, continuation);
            return found.Problem is { } refused ? Problem(refused) : Json(new ListPage<T>(found.Value.Items, found.Value.Continuation));
        }
        catch (ArgumentException) when (continuation is not null)
        {
            return UnknownContinuation();
        }
    }

    /// <summary>The same of something that may not be there.</summary>
    public static async Task<IResult> PageOf<T>(HttpRequest request, string what,
        Func<int, string?, Task<(IReadOnlyList<T> Items, string? Continuation)?>> find)
    {
        var limit = Limit(request);
        if (limit.Problem is { } wrong) return Problem(wrong);
        var continuation = Query(request, "continuation");
        try
        {
            return await find(limit.Value, continuation) is var (items, next) ? Json(new ListPage<T>(items, next)) : NotFound(what);
        }
        catch (ArgumentException) when (continuation is not null)
        {
            return UnknownContinuation();
        }
    }

    public static IResult UnknownContinuation() =>
        Problem(new Problem("invalid-continuation", "continuation: not one that this list gave.", "continuation"));

    /// <summary>Why something is taken back, and who does: <c>reason</c> and <c>author</c> of the query.</summary>
    public static Outcome<(string? Reason, Caller Caller)> Staff(HttpRequest request)
    {
        var (reason, author, caller) = (Query(request, "reason"), Query(request, "author"), CallerOf(request));
        if (reason?.Length > Limits.Reason)
            return new Problem("invalid-data", $"reason: at most {Limits.Reason} characters are expected.", "reason");
        if (author is null) return (reason, caller);
        if (!caller.IsOperator) return new Problem("invalid-data", "author: who calls by a token is the author.", "author");
        return author.Length > Limits.Author
            ? new Problem("invalid-data", $"author: at most {Limits.Author} characters are expected.", "author")
            : (reason, Signed(request, Caller.OperatorAs(author)));
    }

    /// <summary>Whoever looks later who has called finds the name that the call gave.</summary>
    private static Caller Signed(HttpRequest request, Caller caller)
    {
        request.HttpContext.Features.Set(caller);
        return caller;
    }

    public static string? Query(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}

/// <summary>One page of a list.</summary>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Continuation) : ITellsOfMembers
{
    IEnumerable<MemberId> ITellsOfMembers.Members => Items.OfType<IOfMember>().Select(item => item.MemberId);
}
