using Club.Access;
using System.Globalization;
using System.Text.Json;
using Club.Kernel;
using Club.Programmes;
using Club.WhatIf;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Plays the recorded history under a draft. The answer is a stream of JSON lines: progress while it runs, then the
/// report.</summary>
public sealed class WhatIfFunctions(Replay replay, WhatIfGate gate, ProgrammeLibrary library)
{
    [Function("WhatIf")]
    [Needs(Right.TryRules)]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "programmes/what-if")] HttpRequest request,
        CancellationToken cancellation)
    {
        var rules = await library.Now(cancellation);
        var asked = await Http.Read(request, fields => WhatIfQuestion.Read(fields, rules), cancellation, Http.MaximumProgramme);
        return asked.Problem is { } problem ? Http.Problem(problem) : new Answer(rules, asked.Value, replay, gate);
    }

    /// <summary>Takes its place only when it is written, so that none is held for a caller who is gone.</summary>
    private sealed class Answer(ProgrammeVersions rules, WhatIfQuestion asked, Replay replay, WhatIfGate gate) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var place = gate.TryEnter();
            if (place is null)
            {
                httpContext.Response.Headers.RetryAfter = WhatIfGate.RetrySeconds.ToString(CultureInfo.InvariantCulture);
                await Http.Problem(new Problem("what-if-running",
                    "As many histories as this host plays at once are being played. Try again.") { Kind = ProblemKind.Busy })
                    .ExecuteAsync(httpContext);
                return;
            }
            await Results.Stream(stream => Write(stream, httpContext.RequestAborted), "application/x-ndjson").ExecuteAsync(httpContext);
        }

        private async Task Write(Stream stream, CancellationToken cancellation)
        {
            await foreach (var step in replay.Run(rules, asked.Draft, asked.SamplePercent, cancellation))
            {
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(step, ClubJson.Answers), cancellation);
                await stream.WriteAsync("\n"u8.ToArray(), cancellation);
                await stream.FlushAsync(cancellation);
            }
        }
    }
}
