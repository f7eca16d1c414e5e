using Club.Kernel;
using Microsoft.Extensions.Logging.Console;

namespace Club.Local;

internal static class ClubConsole
{
    /// <summary>One line an event, UTC.</summary>
    public static void AddClubConsole(this ILoggingBuilder logging, IConfiguration settings)
    {
        // It would log a failed start with its stack trace; the start's own sentence is enough.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddClubFilters(settings);
        logging.AddConsole(console =>
            console.FormatterName = LineFormatter.FormatterName).AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
    }
}
