using System.Globalization;
using System.Text.Json.Nodes;
using Club.Local;
using Club.Programmes;
using Functions.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Local;

/// <summary>The configured file meets the versions in the data directory when the host starts.</summary>
public sealed class ProgrammeFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string File => Path.Combine(_directory.Path, "own.json");

    private static string InDays(int days) =>
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(days)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_first_start_publishes_the_file_and_further_starts_change_nothing()
    {
        await Start(Book.File());
        var versions = await Start(Book.File());

        var only = Assert.Single(versions);
        Assert.Equal(("1", "file"), (only.Version, only.Author));
    }

    [Fact]
    public async Task The_same_version_with_another_content_stops_the_start_and_says_what_differs()
    {
        await Start(Book.File());

        var exception = await Assert.ThrowsAsync<StartException>(() =>
            Start(Book.Version("1", "2026-01-01", ("earning[0].award.rate", "0.02"))));

        Assert.StartsWith(
            "Version 1 of the configured programme test cannot be published:\n"
            + "$.version: \"1\" was published with another content, and every entry names the version it was made under; raise it.\n"
            + "$.effectiveFrom: 2026-01-01 is not later than today",
            exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("\n  differs: Rule parts: rate 1 % → 2 %", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_version_in_the_file_is_published_when_it_begins_later_than_today()
    {
        await Start(Book.File());
        var refused = await Assert.ThrowsAsync<StartException>(() => Start(Book.Version("2", "2026-01-01")));
        Assert.Contains("$.effectiveFrom: 2026-01-01 is not later than today", refused.Message, StringComparison.Ordinal);

        var versions = await Start(Book.Version("2", InDays(3)));

        Assert.Equal(["2", "1"], versions.Select(line => line.Version));
    }

    [Fact]
    public async Task A_host_whose_file_is_older_than_what_was_published_judges_by_what_was_published()
    {
        await Start(Book.File());
        await Start(Book.Version("2", InDays(3)));
        await Start(Book.File(), async host =>
        {
            Assert.Equal("1", (await host.Services.GetRequiredService<ProgrammeLibrary>().Now()).Current.Version);
            Assert.Equal("2", (await host.Services.GetRequiredService<ProgrammeLibrary>().Now()).On(DateOnly.MaxValue).Version);
            await Task.CompletedTask;
        });
    }

    private async Task<IReadOnlyList<PublishedLine>> Start(JsonNode programme, Func<LocalHost, Task>? then = null)
    {
        await System.IO.File.WriteAllTextAsync(File, programme.ToJsonString());
        var settings = LocalSettings.Of(TestHost.Settings(_directory.Path, new() { ["Club__Programme"] = File }));
        await using var host = LocalHost.Build(settings, ClubComposition.Club with { Pacing = TestHost.Hasty });
        await host.Start(TestContext.Current.CancellationToken);
        if (then is not null) await then(host);
        return await host.Services.GetRequiredService<ProgrammeLibrary>().Versions();
    }

    public void Dispose() => _directory.Dispose();
}
