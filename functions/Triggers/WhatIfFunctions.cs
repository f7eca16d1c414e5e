using System.Text.Json;
using Club.Kernel;
using Club.Programmes;
using Club.WhatIf;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Club.Triggers;

/// <summary>Plays the recorded history under a draft. The answer is a stream of JSON lines: progress while it runs, then the report.</summary>
public sealed class WhatIfFunctions(Replay replay, ProgrammeVersions programmes, ProgrammeLibrary library)
{
    [Function("WhatIf")]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "programmes/what-if")] HttpRequest request, CancellationToken cancellation)
    {
        var body = await Http.Body(request, cancellation, Http.MaximumProgramme);
        if (body.Length > Http.MaximumProgramme) return Http.TooLarge(Http.MaximumProgramme);
        await library.Refresh(cancellation);
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
