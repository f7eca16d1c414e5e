using System.Text;
using Club.Activities;
using Club.Care;
using Club.Gifts;
using Club.Ledger;
using Club.Local;
using Club.Local.Sample;
using Club.Members;
using Club.Messaging;
using Club.Programmes;
using Club.Referrals;
using Club.Running;
using Club.Store;
using Club.Transactions;
using Functions.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Club.Tests.Local;

/// <summary>The sample club told to a club, and what that club then is.</summary>
public sealed class SampleFolderTests
{
    private static readonly DateOnly Until = new(2026, 6, 30);

    [Theory]
    [InlineData("skoda", 120, 2)]
    [InlineData("foton", 60, 1)]
    [InlineData("tesco", 30, 1)]
    public async Task The_club_refuses_nothing_that_it_is_told_and_its_ledger_verifies(string programme, int members, int years)
    {
        using var directory = new TempDirectory();
        var (tally, last, documents) = await Fill(directory, programme, members, years);
        Assert.True(tally.Refused == 0, string.Join('\n', tally.Reasons));
        Assert.Equal(Until, last);
        var (options, acts) = (Options(programme, members, years), new SampleClub(Options(programme, members, years)).Acts().ToArray());
        Assert.Equal(acts.Count(act => act is SampleAct.Pays or SampleAct.Returns or SampleAct.Confirms), tally.Transactions);
        Assert.Equal(
            Enumerable.Range(1, members).Count(number => new SampleClub(options).Member(number).JoinedOn is not null) + tally.Proposals,
            documents.Count(document => document.Type == "profile" && document.As<Profile>().Phone is not null));
        Assert.All(Of<Entry>(documents).Where(entry => entry.SourceId!.StartsWith("WO-", StringComparison.Ordinal)),
            entry => Assert.True(entry.RecordedAt >= entry.At && entry.RecordedAt.Date <= Until.ToDateTime(TimeOnly.MaxValue)));
        Assert.DoesNotContain(documents, document => document.Type == "rejection");
    }

    [Fact]
    public async Task What_her_years_bring_is_there_points_spent_and_lapsed_messages_sent_and_bills_that_wait()
    {
        using var directory = new TempDirectory();
        var (tally, _, documents) = await Fill(directory, "skoda", 150, 3);
        Assert.Empty(new[] { "Accrual", "Expiry", "Redemption", "Reversal" }.Except(Of<Entry>(documents).Select(entry => $"{entry.Kind}")));
        Assert.True(tally.Redemptions > 10);
        var messages = Of<SmsRecord>(documents).ToArray();
        Assert.Empty(new[] { "welcome", "birthday", "anniversary", "pointsExpiring" }.Except(
            messages.Where(one => one.State == SmsState.Sent).Select(one => one.Occasion.Split(':')[0])));
        Assert.DoesNotContain(messages, one => one.State == SmsState.Planned || one.Why == "too-late");
        Assert.NotEmpty(Of<Parked>(documents));
        Assert.False(File.Exists(Path.Combine(directory.Path, "sms.jsonl")));
        Assert.True(tally.Refused == 0, string.Join('\n', tally.Reasons));
        AssertEveryRoomShowsSomething(documents);
    }

    /// <summary>To the byte, with ids, the hashes of every chain and the roots over them.</summary>
    [Fact]
    public async Task The_same_seed_makes_the_same_ledger_and_the_same_roots()
    {
        using var one = new TempDirectory();
        using var other = new TempDirectory();
        var (first, second) = (await Fill(one, "skoda", 40, 2), await Fill(other, "skoda", 40, 2));
        var (told, again) = (Told(first.Documents), Told(second.Documents));
        Assert.Equal(told.Except(again), again.Except(told));
        Assert.Equal(told.Count, again.Count);
        Assert.Contains(told, document => document.StartsWith("entry ", StringComparison.Ordinal));
        Assert.Contains(told, document => document.StartsWith("root ", StringComparison.Ordinal));
    }

    /// <summary>So that every room of the console has something to show.</summary>
    private static void AssertEveryRoomShowsSomething(IReadOnlyList<Document> documents)
    {
        Assert.Empty(new[]
        {
            "application", "complaint", "call", "activity", "invitation", "signUp", "referral", "repurchase", "order", "voucher", "redemption",
            "parked", "adjustment", "dealer", "dealerBudget", "settlementClosing", "settlementStatement", "partner", "exchange", "gift", "stock",
            "subscription", "audit", "root", "suspicion", "vehicleLog", "classRow", "careRow", "monthRow",
        }.Except(documents.Select(document => document.Type)));
        Assert.True(Of<SignUp>(documents).Count(one => one.State == SignUpState.Attended) > 3);
        Assert.True(Of<ClubActivity>(documents).Select(one => one.State).Distinct().Count() > 2);
        Assert.Contains(Of<Order>(documents), one => one.State == OrderState.Done);
        Assert.Contains(Of<Order>(documents), one => one.State == OrderState.Cancelled);
        Assert.Contains(Of<Referral>(documents), one => one.State == ReferralState.Bought);
        Assert.Contains(Of<CareCall>(documents), one => one.Outcomes.Count > 0);
        Assert.True(Of<Profile>(documents).Select(one => $"{one.ValueClass}{one.LoyaltyClass}").Distinct().Count() > 6);
        Assert.Contains(Of<Entry>(documents), one => one.Source.StartsWith("/partners/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_ends_with_a_whole_day_and_the_ledger_verifies()
    {
        using var directory = new TempDirectory();
        using var stop = new CancellationTokenSource();
        var day = new DateOnly(2026, 1, 15);
        await using (var folder = await Open(directory, "skoda", 80, 1))
        {
            Assert.Equal(day, await folder.Fill(today => { if (today == day) stop.Cancel(); }, stop.Token));
            Assert.Empty((await folder.Services.GetRequiredService<Verification>().Verify(cancellation: default)).Differences);
        }
        var refused = await Assert.ThrowsAsync<StartException>(() => Open(directory, "skoda", 80, 1));
        Assert.Contains("holds a club already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_which_a_host_was_only_started_is_filled_and_one_that_is_in_use_or_was_used_is_not()
    {
        using var started = new TempDirectory();
        using var used = new TempDirectory();
        await using (var host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(started.Path)), ClubComposition.Club))
        {
            await host.Start(TestContext.Current.CancellationToken);
            var refused = await Assert.ThrowsAsync<StartException>(() => Open(started, "skoda", 5, 1));
            Assert.Contains("Another host uses the data directory", refused.Message, StringComparison.OrdinalIgnoreCase);
        }
        await using (var host = LocalHost.Build(LocalSettings.Of(TestHost.Settings(used.Path)), ClubComposition.Club))
        {
            await host.Start(TestContext.Current.CancellationToken);
            await host.Services.GetRequiredService<Accrue>().Handle(["{}"]);
        }
        await using (var folder = await Open(started, "foton", 5, 1))
            Assert.Equal(Until, await folder.Fill(_ => { }, default));
        Assert.Contains("holds a club already", (await Assert.ThrowsAsync<StartException>(() => Open(used, "skoda", 5, 1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_in_the_middle_the_ledger_verifies()
    {
        using var directory = new TempDirectory();
        await LocalProcess.KillAfter("30 %", directory.Path, "generate", "--members", "400", "--years", "1");
        var (exitCode, output, _) = await LocalProcess.Ran(directory.Path, "verify");
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("\n0 members", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_says_what_it_did_once_and_a_host_serves_the_club()
    {
        using var directory = new TempDirectory();
        var (exitCode, output, error) = await LocalProcess.Ran(directory.Path, "generate", "--members", "30", "--years", "1");
        Assert.True(exitCode == 0, output + error);
        Assert.StartsWith("10 %\n", output, StringComparison.Ordinal);
        Assert.Matches(@"\n\d+ members, \d+ transactions, \d+ redemptions, \d+ acts of staff, \d+ done by sweeps, 0 refused, from \d{4}", output);
        var again = await LocalProcess.Ran(directory.Path, "generate", "--members", "30");
        Assert.Equal((1, true), (again.ExitCode, again.Error.Contains("holds a club already", StringComparison.Ordinal)));
        await using var host = await LocalProcess.Start(directory.Path);
        using var staff = new StaffClient(host.Http);
        var yesterday = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date).AddDays(-1);
        var club = new SampleClub(new SampleOptions(ProgrammeLoader.Load("foton"), 30, 1, 1, yesterday));
        var member = Enumerable.Range(1, 30).Select(club.Member).First(one => one.JoinedOn is not null);
        var found = (await staff.Get($"/api/members?phone={member.Phone}"))["items"]!.AsArray();
        Assert.Equal(member.Name, Assert.Single(found)!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("--members 0", "--members is a whole number from 1 to 10000000.")]
    [InlineData("--members many", "--members is a whole number")]
    [InlineData("--years 11", "--years is a whole number from 1 to 10.")]
    [InlineData("--seed -1", "--seed is a whole number")]
    [InlineData("--until 2026-02-30", "'2026-02-30' is not a day")]
    [InlineData("--until 2099-01-01", "is not over yet")]
    [InlineData("--programme lada", "There is no programme \"lada\"")]
    public async Task What_cannot_be_made_is_said_before_anything_is_written(string arguments, string sentence)
    {
        using var directory = new TempDirectory();
        var (exitCode, _, error) = await LocalProcess.Ran(directory.Path, ["generate", .. arguments.Split(' ')]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    private static SampleOptions Options(string programme, int members, int years) =>
        new(ProgrammeLoader.Load(programme), members, years, 1, Until);

    private static Task<SampleFolder> Open(TempDirectory directory, string programme, int members, int years) =>
        SampleFolder.Open(LocalSettings.Of(TestHost.Settings(directory.Path)), programme, Options(programme, members, years), default);

    private static async Task<(SampleTally Tally, DateOnly? Last, IReadOnlyList<Document> Documents)> Fill(TempDirectory directory,
        string programme, int members, int years)
    {
        await using var folder = await Open(directory, programme, members, years);
        var last = await folder.Fill(_ => { }, default);
        Assert.Empty((await folder.Services.GetRequiredService<Verification>().Verify(cancellation: default)).Differences);
        var (store, documents) = (folder.Services.GetRequiredService<IClubStore>(), new List<Document>());
        for (ChangePage? page = null; page is not { Documents.Count: 0 };)
        {
            page = await store.Changes(page?.Bookmark);
            documents.AddRange(page.Documents);
        }
        return (folder.Tally, last, documents);
    }

    private static IEnumerable<T> Of<T>(IEnumerable<Document> documents) where T : class, IStored<T> =>
        documents.Where(document => document.Type == T.DocumentType).Select(document => document.As<T>());

    private static HashSet<string> Told(IReadOnlyList<Document> documents) => [.. documents
        .Where(document => document.Type is "entry" or "account" or "redemption" or "order" or "signUp" or "complaint" or "adjustment"
            or "exchange" or "settlementStatement" or "root")
        .Select(document => $"{document.Type} {document.Partition} {document.Id} {Encoding.UTF8.GetString(document.Json.Span)}")];
}
