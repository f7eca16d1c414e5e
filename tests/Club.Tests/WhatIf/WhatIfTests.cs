using Club.Access;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Tiers;
using Club.WhatIf;
using Xunit;

namespace Club.Tests.WhatIf;

public sealed class WhatIfTests
{
    private static readonly string[] Phones = [.. Enumerable.Range(0, 6).Select(i => $"1380013800{i}")];

    /// <summary>Rates, caps, several lots with terms of their own, two wallets, first-time and member conditions, tiers, expiry by month
    /// and by inactivity.</summary>
    private static Programme Rules(decimal rate = 0.1m)
    {
        var file = Book.File();
        Book.Set(file, "wallets",
            """[{"code":"club","name":"积分","scope":"club","unit":"积分","expiry":{"kind":"rollingMonths","months":6},"unitCost":0.5},{"code":"coin","name":"金币","scope":"club","unit":"枚","expiry":{"kind":"inactivity","months":2},"unitCost":0.1}]""");
        Book.Set(file, "earning", $$$"""
            [{"id":"parts","when":{"category":["parts"]},"award":{"rate":{{{rate.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}},"caps":[{"per":"month","points":60}]},
             {"id":"first","when":{"firstTime":true,"category":["labour"]},"award":{"fixed":15,"per":"transaction"},"pending":{"event":"delivered"},"expiry":{"kind":"rollingMonths","months":3}},
             {"id":"gold","when":{"tier":["gold"],"category":["parts"]},"award":{"multiplier":1.5}},
             {"id":"coins","when":{"category":["labour"]},"award":{"fixed":2,"per":"line"},"wallet":"coin"},
             {"id":"hikers","when":{"hobby":["hiking"],"category":["parts"]},"award":{"fixed":1,"per":"line"},"budget":"outdoor"}]
            """);
        Book.Set(file, "budgets", """[{"code":"outdoor","points":7}]""");
        Book.Set(file, "funders", """[{"code":"maker","name":"厂家"},{"code":"partner","name":"伙伴"}]""");
        Book.Set(file, "tiers",
            """[{"code":"ordinary","name":"普卡"},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":100,"windowMonths":3},"validityMonths":2,"graceDays":10}]""");
        return Book.Read(file);
    }

    /// <summary>Some months of purchases, returns in part and in full, deliveries and sweeps.</summary>
    private static async Task<ClubFixture> Club(int seed, int days = 60)
    {
        var club = new ClubFixture(rules: Rules());
        foreach (var (phone, i) in Phones.Select((phone, i) => (phone, i)))
            await club.Register(phone, registration => registration with { Hobbies = i % 2 == 0 ? ["hiking"] : [] });
        var random = new Random(seed);
        var sent = new List<string>();
        for (var day = 0; day < days; day++)
        {
            club.Clock.Advance(TimeSpan.FromDays(random.Next(1, 6)));
            await club.Sweep(PointsSweep.Word, TierSweep.Word);
            var time = $"{club.Get<ClubCalendar>().Now:yyyy-MM-ddTHH:mm:sszzz}";
            var id = $"B{day}";
            if (sent.Count > 0 && random.Next(4) == 0)
                await club.Send(Events.Return(sent[random.Next(sent.Count)], $"R{day}", random.Next(2) == 0 ? null
                    : [new { lineId = "1", amount = random.Next(1, 60) }], time: time));
            else if (sent.Count > 0 && random.Next(3) == 0)
                await club.Send(Events.With(
                    Events.With(Events.Return(sent[random.Next(sent.Count)], $"C{day}", time: time), "type", "club.transaction.confirmed"),
                    "data.event", "delivered"));
            else
            {
                sent.Add(id);
                await club.Send(Events.Bill(id, Phones[random.Next(Phones.Length)], time: time, dealerId: "D001",
                    lines: [Events.Line("1", "parts", random.Next(60, 900)), Events.Line("2", "labour", random.Next(1, 300))]));
            }
        }
        Assert.Empty(await club.Verify());
        return club;
    }

    private static async Task<string?[]> Heads(ClubFixture club)
    {
        var heads = new List<string?>();
        foreach (var phone in Phones)
            heads.Add((await club.Account(
                (await club.Get<Membership>().Find(PersonIdentity.Parse(IdentityKind.Phone, phone).Value, default))!.MemberId)).Head);
        return [.. heads];
    }

    private static async Task<WhatIfReport> Run(ClubFixture club, Programme draft, decimal percent = 100)
    {
        WhatIfReport? report = null;
        await foreach (var step in club.Get<Replay>().Run(await club.Get<ProgrammeLibrary>().Now(), draft, percent)) report = step.Report;
        return report!;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_current_version_played_as_a_draft_equals_what_happened(int seed)
    {
        await using var club = await Club(seed);

        var report = await Run(club, club.Programme);

        Assert.True(report is { Members: 6, Skipped: 0, Entries: > 30 });
        Assert.All(report.Wallets, wallet =>
            Assert.Equal((wallet.Issued.Before, wallet.Reversed.Before, wallet.Expired.Before, wallet.Balance.Before,
            wallet.Liability.Before),
            (wallet.Issued.After, wallet.Reversed.After, wallet.Expired.After, wallet.Balance.After, wallet.Liability.After)));
        Assert.All(report.Rules, rule => Assert.Equal(rule.Issued.Before, rule.Issued.After));
        Assert.All(report.Funders, funder => Assert.Equal(funder.Issued.Before, funder.Issued.After));
        Assert.All(report.Tiers, tier => Assert.Equal(tier.Members.Before, tier.Members.After));
        Assert.Empty(report.TierMoves);
        Assert.Contains(report.Wallets, wallet => wallet.Issued.Before.IsPositive && wallet.Expired.Before.IsPositive
            && wallet.Reversed.Before.IsPositive);
        Assert.Contains(report.Rules, rule => rule.Rule == "gold");
    }

    [Fact]
    public async Task A_tier_that_staff_gave_is_held_in_the_draft_too()
    {
        await using var club = new ClubFixture(rules: Rules());
        var id = (await club.Register(Phones[0])).MemberId;
        await club.Send(Events.Bill("B1", Phones[0], dealerId: "D001", lines: [Events.Line("1", "parts", 100)]));
        club.Clock.Advance(TimeSpan.FromHours(1));
        await club.Get<TierGrants>().Give(id, new GrantRequest(new TierCode("gold"), new DateOnly(2026, 12, 31), "媒体伙伴"), null, Caller.OperatorAs("A017"),
            TestContext.Current.CancellationToken);
        club.Clock.Advance(TimeSpan.FromHours(1));
        await club.Send(Events.Bill("B2", Phones[0], dealerId: "D001", lines: [Events.Line("1", "parts", 100)]));

        var report = await Run(club, club.Programme);

        Assert.Empty(report.TierMoves);
        Assert.True(report.Rules.Single(rule => rule.Rule == "gold").Issued is { Before.IsPositive: true } gold
            && gold.Before == gold.After);
    }

    [Fact]
    public async Task A_draft_shows_more_points_for_a_higher_rate_and_who_is_affected_and_changes_nothing()
    {
        await using var club = await Club(5);
        var before = await Heads(club);

        var report = await Run(club, Rules(0.2m) with { Version = "2" });

        var parts = report.Rules.Single(rule => rule.Rule == "parts");
        Assert.True(parts.Issued.After > parts.Issued.Before);
        Assert.NotEmpty(report.MostAffected);
        Assert.Equal("2", report.Version);
        Assert.Equal(before, await Heads(club));
    }

    [Fact]
    public async Task A_rule_for_a_tier_counts_by_the_tiers_of_the_draft()
    {
        await using var club = await Club(6);

        var report = await Run(club, Rules() with { Tiers = [club.Programme.Tiers[0]],
            Earning = [.. Rules().Earning.Where(rule => rule.Id != "gold")] });

        Assert.Equal(Points.Zero, report.Rules.SingleOrDefault(rule => rule.Rule == "gold")?.Issued.After ?? Points.Zero);
        Assert.Equal(6, report.Tiers.Single(tier => tier.Tier == "ordinary").Members.After);
    }

    [Fact]
    public async Task Points_that_a_draft_lets_lapse_sooner_are_gone()
    {
        await using var club = await Club(7);
        var wallets = club.Programme.Wallets.Select(wallet => wallet.Code == "club"
            ? wallet with { Expiry = new ExpiryPolicy.RollingMonths(1) } : wallet);

        var report = await Run(club, Rules() with { Wallets = [.. wallets] });

        var points = report.Wallets.Single(wallet => wallet.Wallet == "club");
        Assert.True(points.Expired.After > points.Expired.Before);
        Assert.True(points.Balance.After < points.Balance.Before);
    }

    [Fact]
    public async Task A_sample_is_a_part_and_always_the_same()
    {
        await using var club = new ClubFixture();
        for (var i = 0; i < 60; i++) await club.Register($"139001390{i:00}");
        for (var i = 0; i < 60; i++) await club.Send(Events.Bill($"B{i}", $"139001390{i:00}"));

        var (one, two) = (await Run(club, club.Programme, 30), await Run(club, club.Programme, 30));

        Assert.InRange(one.Members, 1, 59);
        Assert.Equal(one.Members, two.Members);
        Assert.Equal(30, one.SamplePercent);
    }

    [Theory]
    [InlineData("""{}""", "missing-data")]
    [InlineData("""[]""", "wrong-type")]
    [InlineData("""{""", "malformed-json")]
    [InlineData("""{"version":"9"}""", "not-found")]
    [InlineData("""{"version":"1.0","samplePercent":0}""", "invalid-data")]
    [InlineData("""{"programme":{"id":"x"}}""", "programme-invalid")]
    public void A_question_that_cannot_be_answered_says_why(string json, string code)
    {
        Assert.Equal(code, JsonFields.Parse(System.Text.Encoding.UTF8.GetBytes(json), fields =>
            WhatIfQuestion.Read(fields, new ProgrammeVersions(new DateOnly(2026, 3, 2), ProgrammeLoader.Load("foton")))).Problem!.Code);
    }
}
