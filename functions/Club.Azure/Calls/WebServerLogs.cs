using Microsoft.Extensions.Logging;

namespace Club.Azure;

/// <summary>The web server logs addresses with their query, which holds phones, names and keys. Here nothing masks what is logged, so
/// whatever the settings ask for it tells of faults only.</summary>
public static class WebServerLogs
{
    private const string Category = "Microsoft.AspNetCore";

    public static void KeepQuiet(LoggerFilterOptions filters)
    {
        var loud = filters.Rules
            .Where(rule => rule.CategoryName?.StartsWith(Category, StringComparison.OrdinalIgnoreCase) == true).ToList();
        // A rule for one way of logging goes before a rule for all.
        string?[] providers = [null, .. filters.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct()];
        foreach (var rule in loud) filters.Rules.Remove(rule);
        foreach (var provider in providers) filters.Rules.Add(new LoggerFilterRule(provider, Category, LogLevel.Warning, null));
    }
}
