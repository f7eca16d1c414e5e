using System.Text.Json;
using Club.Kernel;
using Club.Programmes;
using Club.WhatIf;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Plays the recorded history under a draft. The answer is a stream of JSON lines: progress while it runs, then the report.</summary>
public sealed class WhatIfFunctions(Replay replay, ProgrammeVersions programmes)
{
    private const int MaximumProgramme = 1024 * 1024;

    [Function("WhatIf")]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "programmes/what-if")] HttpRequest request, CancellationToken cancellation)
    {
        var body = await Http.Body(request, cancellation, MaximumProgramme);
        if (body.Length > MaximumProgramme) return Http.TooLarge(MaximumProgramme);
        var asked = WhatIfQuestion.Read(body, programmes);
        return asked.Problem is { } problem ? Http.Problem(problem) : Results.Stream(stream => Answer(asked.Value, stream, cancellation), "application/x-ndjson");
    }

    private async Task Answer(WhatIfQuestion asked, Stream stream, CancellationToken cancellation)
    {
        await foreach (var step in replay.Run(asked.Draft, asked.SamplePercent, cancellation))
        {
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(step, ClubJson.Answers), cancellation);
            await stream.WriteAsync("\n"u8.ToArray(), cancellation);
            await stream.FlushAsync(cancellation);
        }
    }
}
