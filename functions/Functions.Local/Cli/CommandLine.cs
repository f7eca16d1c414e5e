using System.CommandLine;
using System.Globalization;
using Functions.Local.Hosting;

namespace Functions.Local.Cli;

/// <summary>The host's commands. Exit codes: 0 done, 1 it could not be done, 2 the command line is wrong.</summary>
public static class CommandLine
{
    private const int Failed = 1;
    private const int Misused = 2;

    /// <summary>RFC 3339, with its offset.</summary>
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static Task<int> Run(string[] args, HostComposition composition) => Run(args, composition, Terminal.Console);

    internal static async Task<int> Run(string[] args, HostComposition composition, Terminal terminal)
    {
        var parsed = Commands(composition, terminal).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await terminal.Error.WriteLineAsync(error.Message);
            await terminal.Error.WriteLineAsync("Use --help to see the commands.");
            return Misused;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
        }
        catch (Exception e) when (e is StartException || composition.Explain(e) is not null)
        {
            await terminal.Error.WriteLineAsync(composition.Explain(e) ?? e.Message);
            return Failed;
        }
    }

    private static RootCommand Commands(HostComposition composition, Terminal terminal)
    {
        var now = new Option<DateTimeOffset?>("--now")
        {
            Description = "Start with the clock at this moment, such as 2026-12-01T09:00:00+08:00. It runs on from there.",
            HelpName = "moment",
            CustomParser = result =>
            {
                if (DateTimeOffset.TryParseExact(result.Tokens[0].Value, Moments, CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal, out var moment)) return moment;
                result.AddError($"'{result.Tokens[0].Value}' is not a moment with its offset, such as 2026-12-01T09:00:00+08:00.");
                return null;
            },
        };
        var accept = new Option<bool>("--accept-clock")
        {
            Description = "Start although the clock is far ahead of the newest record, so that points lapse, or behind it.",
        };
        var root = new RootCommand(
            $"Runs {composition.Name} in one process: HTTP, queue and timers. Without a command it starts and runs until Ctrl+C.") { now,
            accept };
        root.SetAction((parsed, cancellation) =>
            RunCommand.Run(composition, parsed.GetValue(now), parsed.GetValue(accept), terminal, cancellation));
        root.Subcommands.Add(Send(composition.Queues.Inbox, terminal));
        foreach (var command in composition.Commands) root.Subcommands.Add(command.ToCommand(composition, terminal));
        return root;
    }

    private static Command Send(string inbox, Terminal terminal)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A file with one CloudEvent, as JSON, a line." };
        var connection = new Option<string?>("--connection")
        {
            Description =
                "Endpoint=sb://host:port;SharedAccessKeyName=…;SharedAccessKey=…;UseDevelopmentEmulator=true. Default: the host on this machine, by its settings.",
            HelpName = "connection string",
        };
        var queue = new Option<string>("--queue") { Description = "The queue to send to.", DefaultValueFactory = _ => inbox };
        var command = new Command("send", "Send the events of a file to a running host, and tell how many were sent and refused.") { file,
            connection, queue };
        command.SetAction((parsed, cancellation) =>
            SendCommand.Run(parsed.GetValue(file)!, parsed.GetValue(connection), parsed.GetValue(queue)!, terminal, cancellation));
        return command;
    }
}
