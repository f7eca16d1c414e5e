using System.Reflection;
using Club.Access;
using Club.Benefits;
using Club.Care;
using Club.Edges.Sms;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Store;
using Club.Tiers;
using Xunit;

namespace Club.Tests.Ledger;

/// <summary>Whatever happens to a member besides points is told by an event in the same commit, and nothing personal is in it.</summary>
public sealed class MemberEventTests
{
    [Fact]
    public async Task A_message_is_told_at_each_of_its_states()
    {
        await using var club = new ClubFixture();
        var member = await club.Register(with: form => form with { SmsConsent = true });
        await club.Sweep(CareSweep.Word, SmsSweep.Word);
        await Report(club, member.MemberId, "Delivered");
        await Report(club, member.MemberId, "Delivered");
        await club.Register("13900139000");
        Assert.Equal(
            ["SmsDelivered welcome", "SmsPlanned welcome", "SmsSent welcome", "SmsSuppressed welcome no-consent"],
            Told(await Events(club), MemberEventKind.SmsPlanned, MemberEventKind.SmsSuppressed, MemberEventKind.SmsSent,
            MemberEventKind.SmsDelivered, MemberEventKind.SmsFailed)
                .Select(told => $"{told.Kind} {told.Subject} {told.Reason}".TrimEnd()).Order());
        Assert.Empty(await club.Verify());
    }

    [Fact]
    public async Task A_consent_is_told_wherever_it_is_given_and_only_when_it_is_new()
    {
        await using var club = new ClubFixture();
        for (var i = 0; i < 3; i++) await club.Register(with: form => form with { SmsConsent = true, Source = "web" });
        club.Clock.Advance(TimeSpan.FromDays(1));
        var refusal = new SmsEvent.Received("e1", "+8613800138000", "拒收", club.Clock.GetUtcNow());
        for (var i = 0; i < 2; i++) await club.Get<SmsReplyHandler>().Handle(refusal, default);
        Assert.Equal(["sms web", "no-sms reply"],
            Told(await Events(club), MemberEventKind.ConsentChanged).Select(told => $"{told.To} {told.Reason}"));
    }

    [Fact]
    public async Task A_benefit_is_told_when_it_is_used_and_when_that_is_taken_back()
    {
        await using var club = new ClubFixture("skoda");
        var id = (await club.Register()).MemberId;
        await club.Get<TierGrants>().Give(id, new GrantRequest(new TierCode("gold"), new DateOnly(2030, 1, 1), "x"), null, Caller.OperatorAs("A017"));
        for (var i = 0; i < 2; i++) Assert.True((await club.Get<MemberBenefits>().Use(id, "free-check", "K-1", new DealerId("D021"), Caller.Operator)).Succeeded);
        for (var i = 0; i < 2; i++)
            Assert.True((await club.Get<MemberBenefits>().Undo(id, "free-check", "K-1", "误扫", Caller.OperatorAs("A017"))).Succeeded);
        Assert.Equal(
            [(MemberEventKind.BenefitUsed, "free-check", null), (MemberEventKind.BenefitUseUndone, "free-check", "A017")],
            Told(await Events(club), MemberEventKind.BenefitUsed, MemberEventKind.BenefitUseUndone)
            .Select(told => (told.Kind, told.Subject, told.Author)));
    }

    [Fact]
    public async Task A_change_of_the_profile_names_what_changed_and_tells_nothing_of_it()
    {
        await using var club = new ClubFixture();
        var fan = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "oSecret_1" });
        await club.Register(with: form =>
            form with { Name = "王小明", City = "上海", OpenId = "oSecret_1", Birthday = new DateOnly(1990, 5, 6) });
        await club.Register(with: form =>
            form with { Name = "王小明", City = "上海", OpenId = "oSecret_1", Birthday = new DateOnly(1990, 5, 6) });
        var changed = Assert.Single(Told(await Events(club), MemberEventKind.ProfileChanged));
        Assert.Equal((fan.MemberId, "name phone birthday city"), (changed.MemberId, string.Join(' ', changed.Changed!)));
        var text = string.Concat((await club.Changes()).Where(document => document.Type == "event").Select(document =>
            System.Text.Encoding.UTF8.GetString(document.Json.Span)));
        foreach (var secret in new[] { "王小明", "上海", "1990", "13800138000", "oSecret_1" }) Assert.DoesNotContain(secret, text);
    }

    /// <summary>Of whatever a profile will hold: a change is told by one event or another.</summary>
    [Fact]
    public void No_change_of_a_profile_goes_untold()
    {
        // Who it is, what other events tell, and what sweeps note for themselves.
        string[] otherwise = ["MemberId", "CardNumber", "Status", "ActedAt", "Consents", "JoinedAt", "JoinedFrom", "MergedInto",
            "MergedFrom", "CareDue", "CareDoneUntil", "LoosePhones", "EarlierPhones", "Transfers",
            "SeenOn", "LapsedAt", "ClassedAt", "Looked"];
        var before = new Profile { MemberId = new MemberId("M1"), CardNumber = "1", Status = MemberStatus.Member, JoinedAt = default,
            JoinedFrom = "web" };
        foreach (var property in typeof(Profile).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && !otherwise.Contains(property.Name)))
        {
            var after = before with { };
            property.SetValue(after, Some(property.PropertyType));
            var changed = MemberActs.Changed(before, after, "e", default, "web");
            Assert.True(changed?.Changed is [var name] && string.Equals(name, property.Name, StringComparison.OrdinalIgnoreCase),
                $"{property.Name} is not told.");
        }
    }

    private static object Some(Type type) => type switch
    {
        _ when type == typeof(string) => "x",
        _ when type == typeof(DateOnly?) => new DateOnly(1990, 5, 6),
        _ when type == typeof(DealerId?) => new DealerId("x"),
        _ when type == typeof(IReadOnlyList<string>) => new[] { "x" },
        _ when type == typeof(IReadOnlyList<Vehicle>) => new[] { new Vehicle(null, "x", null, null) },
        _ when type == typeof(IReadOnlyList<ExternalId>) => new[] { new ExternalId("web", "x") },
        _ => throw new NotSupportedException($"Say here how a {type} is changed."),
    };

    private static async Task Report(ClubFixture club, MemberId memberId, string status)
    {
        var record = (await club.Store.Read<SmsRecord>(memberId, SmsRecord.IdOf("welcome")))!.Value;
        var report = new SmsEvent.DeliveryReport("e1", record.MessageId!, "1", status, null, null, null);
        await club.Get<SmsFeedback>().Handle(new SmsEvents([report], 0), default);
    }

    private static async Task<List<MemberEvent>> Events(ClubFixture club) =>
        [.. (await club.Changes()).Where(document => document.Type == "event").Select(document => document.As<MemberEvent>())];

    private static IEnumerable<MemberEvent> Told(List<MemberEvent> events, params MemberEventKind[] kinds) =>
        events.Where(told => kinds.Contains(told.Kind));
}
