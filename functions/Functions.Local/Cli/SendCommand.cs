using Functions.Local.Hosting;
using Spectre.Console;

namespace Functions.Local.Cli;

/// <summary>Sends the events of a file to a running host. Exit code 1 when any was refused.</summary>
internal static class SendCommand
{
    public static async Task<int> Run(FileInfo file, string? connection, string queue, Terminal terminal, CancellationToken cancellation)
    {
        if (!file.Exists) throw new StartException($"There is no file {file.FullName}.");
        var target = connection is null
            ? ConnectionString.Of(LocalOptions.Read(LocalSettings.Load(Directory.GetCurrentDirectory())))
            : ConnectionString.Parse(connection);
        await using var stream = file.OpenRead();
        if (stream.CanSeek && FileEncoding.Fault(stream) is { } fault) throw new StartException(fault);
        var tally = new SendTally();
        var send = (Action<long> progress) => Send(stream, target, target.Queue ?? queue, tally, progress, cancellation);
        if (terminal.IsInteractive) await WithBar(file.Length, send);
        else await send(new PlainProgress(file.Length, terminal.Output).Report);

        foreach (var reason in tally.Reasons) await terminal.Output.WriteLineAsync($"Refused: {reason}");
        if (tally.WasCut)
            await terminal.Error.WriteLineAsync(
                "The connection to the host was lost. Send the file again: what has been sent already counts once.");
        await terminal.Output.WriteLineAsync($"{tally.Sent} sent, {tally.Refused} refused.");
        return tally is { Refused: 0, WasCut: false } ? 0 : 1;
    }

    private static Task WithBar(long bytes, Func<Action<long>, Task> send) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask("Sending", maxValue: Math.Max(1, bytes));
            await send(done => bar.Value = done);
            bar.Value = bar.MaxValue;
        });

    private static async Task Send(Stream stream, ConnectionString target, string queue, SendTally tally, Action<long> progress,
        CancellationToken cancellation)
    {
        await using var sender = await EventSender.Open(target, queue, tally.Settled);
        try
        {
            foreach (var batch in Batches(stream, tally))
            {
                await sender.Send(batch, cancellation);
                if (stream.CanSeek) progress(stream.Position);
            }
        }
        catch (ConnectionLostException)
        {
            tally.WasCut = true;
        }

        await sender.Finish(cancellation);
    }

    private static IEnumerable<EventBatch> Batches(Stream stream, SendTally tally)
    {
        var batch = new EventBatch();
        foreach (var line in EventFile.Read(stream))
        {
            var encoded = line.Refusal is null ? EventBatch.Encode(line) : null;
            if (encoded is null || EventBatch.IsTooLarge(encoded))
            {
                tally.Settled(1, $"line {line.Number}: {line.Refusal ?? EventFile.TooLarge}");
                continue;
            }

            if (batch.TryAdd(encoded)) continue;
            yield return batch;
            batch = new EventBatch();
            batch.TryAdd(encoded);
        }

        if (batch.Count > 0) yield return batch;
    }
}

/// <summary>Counts what became of the events; the reasons of the first refusals are kept.</summary>
internal sealed class SendTally
{
    private const int ReasonsKept = 10;

    private readonly Lock _gate = new();
    private readonly List<string> _reasons = [];

    public int Sent { get; private set; }
    public int Refused { get; private set; }
    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>The rest of the file was not sent.</summary>
    public bool WasCut { get; set; }

    public void Settled(int events, string? refusal)
    {
        lock (_gate)
        {
            if (refusal is null) Sent += events;
            else Refused += events;
            if (refusal is not null && _reasons.Count < ReasonsKept) _reasons.Add(events == 1 ? refusal : $"{events} events: {refusal}");
        }
    }
}

/// <summary>Progress for a file or a pipe: a line each tenth.</summary>
internal sealed class PlainProgress(long total, TextWriter output)
{
    private long _tenth;

    public void Report(long done)
    {
        var tenth = done * 10 / Math.Max(1, total);
        if (tenth <= _tenth) return;
        _tenth = tenth;
        output.WriteLine($"{tenth * 10} %");
    }
}
