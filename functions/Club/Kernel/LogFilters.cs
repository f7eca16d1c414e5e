using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Club.Kernel;

/// <summary>What both hosts log.</summary>
public static class LogFilters
{
    /// <summary>
    /// The club speaks from Information, frameworks from Warning: they would log each request with its address, which may carry a phone
    /// number. Settings <c>Logging__LogLevel__…</c> change that.
    /// </summary>
    public static ILoggingBuilder AddClubFilters(this ILoggingBuilder logging, IConfiguration settings)
    {
        logging.AddFilter(null, LogLevel.Warning).AddFilter("Club", LogLevel.Information);
        return logging.AddConfiguration(settings.GetSection("Logging"));
    }
}
