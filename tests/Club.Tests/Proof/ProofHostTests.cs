using System.Text.Json.Nodes;
using Club.Kernel;
using Club.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Club.Tests.Proof;

/// <summary>Roots, proofs and a forger, with hosts in processes of their own.</summary>
public sealed class ProofHostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_roots_are_made_every_later_root_follows_and_a_forged_database_is_named()
    {
        using var directory = new TempDirectory();
        var (members, proof, entries) = (new List<string>(), Path.Combine(directory.Path, "proof.json"), Path.Combine(directory.Path, "entries.json"));
        var delays = new[] { 0, 15, 40, 80, 300 };
        for (var day = 0; day < delays.Length; day++)
        {
            await using var killed = await LocalProcess.Start(directory.Path, "--now", $"2026-03-{day + 3:D2}T12:00:00+08:00");
            using var staff = new StaffClient(killed.Http, new FakeTimeProvider(new DateTimeOffset(2026, 3, day + 3, 4, 0, 0, TimeSpan.Zero)));
            for (var i = 0; day == 0 && i < 20; i++)
                members.Add((string)(await staff.Register(new { phone = $"138001300{i:D2}" })).Body["memberId"]!);
            await Send(killed, directory.Path, [.. Enumerable.Range(0, 40).Select(i => Events.Bill($"B{day}-{i}", $"138001300{i % 20:D2}"))]);
            await staff.Quiet();
            await staff.Post("/admin/functions/PointsTimer", System.Net.HttpStatusCode.Accepted);
            await Task.Delay(delays[day], Cancellation);
            await killed.Kill();
        }

        var last = "";
        await using (var host = await LocalProcess.Start(directory.Path, "--now", "2026-03-10T12:00:00+08:00"))
        {
            using var staff = new StaffClient(host.Http);
            await staff.Post("/admin/functions/PointsTimer", System.Net.HttpStatusCode.Accepted);
            await staff.Quiet();
            var root = (await staff.Get("/api/proof/roots?day=2026-03-10"))["items"]![0]!;
            last = (string)root["root"]!;
            Assert.Equal(20, (int)root["heads"]!);
            Assert.Equal(last, (string)(await staff.Get("/api/proof/roots?limit=1"))["items"]![0]!["root"]!);
            await File.WriteAllTextAsync(proof, (await staff.Get($"/api/members/{members[3]}/proof")).ToJsonString(), Cancellation);
            await File.WriteAllTextAsync(entries, (await staff.Get($"/api/members/{members[3]}/entries")).ToJsonString(), Cancellation);
            var verified = await host.Command("verify", "--root", last);
            Assert.True(verified.ExitCode == 0, verified.Output);
            Assert.Contains($"Compared with the root of 2026-03-10: {last}", verified.Output, StringComparison.Ordinal);
        }
        await Check(directory.Path, proof, entries, last);

        var club = SqliteClubStore.Open(Path.Combine(directory.Path, ".club", "club.db"));
        await Forger.Raise(club, new MemberId(members[3]), 500, Cancellation);
        await club.DisposeAsync();
        var (code, output, _) = await LocalProcess.Ran(directory.Path, "verify");
        Assert.Equal(1, code);
        Assert.Contains($"Member {members[3]}: her history was rewritten", output, StringComparison.Ordinal);
        Assert.Contains(" 1 differences.", output, StringComparison.Ordinal);
        await using var forged = await LocalProcess.Start(directory.Path, "--now", "2026-03-10T13:00:00+08:00");
        using var reader = new StaffClient(forged.Http);
        await File.WriteAllTextAsync(entries, (await reader.Get($"/api/members/{members[3]}/entries")).ToJsonString(), Cancellation);
        var convicted = await forged.Command("prove", proof, "--root", last, "--ledger", entries);
        Assert.Equal((1, true), (convicted.ExitCode, convicted.Output.Contains("was rewritten: entry 10", StringComparison.Ordinal)));
    }

    /// <summary>The proof without a club, in an empty folder.</summary>
    private static async Task Check(string folder, string proof, string entries, string root)
    {
        using var elsewhere = new TempDirectory();
        var held = await LocalProcess.Ran(elsewhere.Path, "prove", proof, "--root", root, "--ledger", entries);
        Assert.True(held.ExitCode == 0, held.Output + held.Error);
        Assert.Contains($"under the root of 2026-03-10, {root}.", held.Output, StringComparison.Ordinal);
        var claimed = await LocalProcess.Ran(elsewhere.Path, "prove", proof);
        Assert.Equal((0, true), (claimed.ExitCode, claimed.Output.Contains("compare it with one that was published", StringComparison.Ordinal)));
        var other = await LocalProcess.Ran(elsewhere.Path, "prove", proof, "--root", new string('0', 64));
        Assert.Equal((1, true), (other.ExitCode, other.Output.Contains("and not to 0000", StringComparison.Ordinal)));
        var changed = JsonNode.Parse(await File.ReadAllTextAsync(proof, Cancellation))!;
        changed["sequence"] = 9;
        var forged = Path.Combine(elsewhere.Path, "forged.json");
        await File.WriteAllTextAsync(forged, changed.ToJsonString(), Cancellation);
        Assert.Equal(1, (await LocalProcess.Ran(elsewhere.Path, "prove", forged)).ExitCode);
        Assert.Equal(1, (await LocalProcess.Ran(elsewhere.Path, "prove", Path.Combine(elsewhere.Path, "nothing.json"))).ExitCode);
        Assert.Equal(1, (await LocalProcess.Ran(folder, "verify", "--root", new string('0', 64))).ExitCode);
    }

    private static async Task Send(LocalProcess host, string folder, string[] events)
    {
        var file = Path.Combine(folder, "stream.jsonl");
        await File.WriteAllLinesAsync(file, events, Cancellation);
        var (code, output) = await host.Command("send", file, "--connection", host.Connection);
        Assert.True(code == 0, output);
    }
}
