using System.Diagnostics.Metrics;

namespace Functions.Local.Hosting;

/// <summary>What the host itself measures; its functions have meters of their own.</summary>
public static class HostMetrics
{
    public const string Name = "Functions.Local";

    internal static readonly Meter Meter = new(Name);
}
