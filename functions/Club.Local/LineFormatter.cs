using System.Globalization;
using System.Text;
using Club.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Club.Local;

/// <summary>
/// One event, one line, UTC. Whatever could end the line, move the cursor or turn the writing round is escaped: texts of partners reach the
/// log, and none of them may forge a line of it or command the terminal. What tells of persons, and keys, is masked at every level.
/// </summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var line = new StringBuilder(256)
            .Append(DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture))
                .Append(Level(logEntry.LogLevel)).Append(": ")
            .Append(logEntry.Category).Append('[').Append(logEntry.EventId.Id).Append("] ");
        Append(line, LogMask.Of(message));
        if (logEntry.Exception is { } exception) Append(line.Append(' '), LogMask.Of(exception.ToString().ReplaceLineEndings(" ")));
        textWriter.WriteLine(line.ToString());
    }

    internal static void Append(StringBuilder line, string text)
    {
        foreach (var character in text)
        {
            if (IsHarmless(character)) line.Append(character);
            else line.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        }
    }

    private static bool IsHarmless(char character) =>
        !char.IsControl(character) && char.GetUnicodeCategory(character)
            is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
