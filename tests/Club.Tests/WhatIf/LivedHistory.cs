using Club.Access;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Benefits;
using Club.Care;
using Club.Edges;
using Club.Edges.WeChat;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Running;
using Club.Store;
using Club.Tiers;
using Club.Value;
using Club.WhatIf;
using Xunit;

namespace Club.Tests.WhatIf;

/// <summary>Two years of a member under a programme, and all that came of it, as text without ids that are drawn anew each time.</summary>
internal static class LivedHistory
{
    private static readonly string[] Days =
        ["2026-03-08", "2026-03-15", "2026-04-02", "2026-06-01", "2027-01-31", "2027-02-25", "2027-03-02", "2027-03-03", "2027-03-12",
            "2027-04-10", "2027-06-15", "2028-03-03", "2028-12-31", "2029-01-02"];

    public static async Task<string> Of(JsonNode file)
    {
        await using var club = new ClubFixture(rules: Book.Read(file));
        var told = new StringBuilder();
        var follower = await club.Get<Register>().Handle(new Registration { Source = "wechat", OpenId = "o-fan" });
        Tell(told, "wechat", (await Subscribe(club)).Value.Body);
        var member = await Member(club, follower.CardNumber);
        await Bills(club, told);
        foreach (var day in Days)
        {
            var at = DateTimeOffset.Parse($"{day}T12:00:00+08:00", null);
            club.Clock.SetUtcNow(at);
            await Sweep(club, member.MemberId, PointsSweep.Word, TierSweep.Word, LapseSweep.Word, ClassSweep.Word, CareSweep.Word, SmsSweep.Word);
            Tell(told, day, $"{(await club.Get<Membership>().Find(member.MemberId, default))!.Status}");
            Tell(told, day, await club.Get<MemberViews>().Account(member.MemberId, Caller.Operator, default));
            Tell(told, day, await club.Get<MemberValue>().Of(member.MemberId, Caller.Operator, default));
            Tell(told, day, await club.Get<MemberBenefits>().List(member.MemberId, Caller.Operator));
            if (day == "2026-04-02") await LaterBills(club, told);
        }
        Tell(told, "entries", (await club.Entries(member.MemberId)).Select(entry => entry with { Hash = "", PreviousHash = "", Id = "" }));
        foreach (var sms in club.Sms.Sent) Tell(told, "sms", $"{sms.FirstSent:yyyy-MM-dd} {sms.Text}");
        await foreach (var step in new Replay(club.Store, club.Get<ClubCalendar>()).Run(await club.Get<ProgrammeLibrary>().Now(),
            club.Programme, 100m, default))
            if (step.Report is { } report) Tell(told, "what-if", report);
        return told.ToString().Replace(member.MemberId, "M", StringComparison.Ordinal)
            .Replace(member.CardNumber, "C", StringComparison.Ordinal).Replace(follower.MemberId, "F", StringComparison.Ordinal)
            .Replace(follower.CardNumber, "R", StringComparison.Ordinal);
    }

    /// <summary>The bucket of the one whose history it is; the others have nobody in them.</summary>
    private static async Task Sweep(ClubFixture club, MemberId memberId, params IReadOnlyList<string> sweeps)
    {
        // What happened meanwhile may have asked for work of its own.
        foreach (var message in club.Queue.Take()) await club.Get<Work>().Handle(message);
        await club.Get<Work>().Start(default, sweeps);
        foreach (var message in club.Queue.Take().Where((_, bucket) => bucket == Ids.Bucket(memberId)))
            foreach (var report in await club.Get<Work>().Handle(message)) Assert.Equal(0, report.Failed);
    }

    private static async Task<Registered> Member(ClubFixture club, string referrer)
    {
        var member = await club.Register(with: registration => registration with
        {
            Name = "王小明", SmsConsent = true, Birthday = new DateOnly(1990, 3, 15), Hobbies = ["golf"], ReferrerCard = referrer,
            Vehicles = [new Vehicle(null, "V6", new DateOnly(2024, 9, 2), "京A12345")],
        });
        var stored = (await club.Store.Read<Profile>(member.MemberId, Profile.Id))!;
        await club.Store.Commit(member.MemberId, [(stored.Value with { ValueClass = "D", LoyaltyClass = "A" }).ToReplace(stored.ETag)]);
        await Sweep(club, member.MemberId, SmsSweep.Word);
        return member;
    }

    private static async Task Bills(ClubFixture club, StringBuilder told)
    {
        var first = Events.With(Events.With(
            Events.Bill("B1", dealerId: "D001",
            lines: [Line("1", "parts", 490.55m, sku: "06A"), Line("2", "labour", 210m, quantity: 2), Line("3", "parts", 333.33m),
            Line("4", "vehicle", 6000m, "V6")]),
            "data.campaign", "spring"), "data.bookedDaysAhead", 3);
        await Send(club, told, first);
        await Send(club, told, Events.Bill("B2", dealerId: "D001", time: "2026-03-02T11:20:00+08:00", lines: [Line("1", "parts", 100m)]));
        await Send(club, told, Events.Bill("B3", dealerId: "D009", time: "2026-03-02T11:30:00+08:00", lines: [Line("1", "parts", 50m)]));
        await Send(club, told, Events.Return("B2", "R1", source: Events.Source, time: "2026-03-02T11:40:00+08:00"));
        await Send(club, told, Events.Confirm("B1", time: "2026-03-02T11:50:00+08:00"));
    }

    private static async Task LaterBills(ClubFixture club, StringBuilder told)
    {
        await Send(club, told, Events.Bill("B4", dealerId: "D001", time: "2026-04-02T10:20:00+08:00",
            lines: [Line("1", "parts", 300m), Line("2", "labour", 40m)]));
        await Send(club, told, Events.Bill("B5", dealerId: "D001", time: "2026-04-02T10:30:00+08:00", lines: [Line("1", "parts", 20m)]));
    }

    private static object Line(string lineId, string category, decimal amount, string? model = null, string? sku = null,
        decimal quantity = 1) => new { lineId, category, amount, model, sku, quantity };

    private static async Task Send(ClubFixture club, StringBuilder told, string message)
    {
        var receipt = (await club.Send(message))[0];
        Tell(told, "receipt", $"{receipt.Fate} {receipt.Problem?.Code}");
    }

    private static async Task<Outcome<WeChatReply>> Subscribe(ClubFixture club)
    {
        var now = club.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body = $"<xml><ToUserName><![CDATA[gh_club]]></ToUserName><FromUserName><![CDATA[o-fan]]></FromUserName><CreateTime>{now}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event></xml>";
        return await club.Get<WeChatConversation>()
            .Handle(new WeChatQuery(WeChatSignature.Of("AAAAA", $"{now}", "n"), $"{now}", "n"), Encoding.UTF8.GetBytes(body));
    }

    private static void Tell(StringBuilder told, string what, object? value) =>
        told.Append(what).Append(": ").AppendLine(value as string ?? JsonSerializer.Serialize(value, ClubJson.Answers));
}
