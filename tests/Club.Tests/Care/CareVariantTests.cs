using Club.Care;
using Club.Kernel;
using Club.Messaging;
using Club.Programmes;
using Club.Store;
using Xunit;

namespace Club.Tests.Care;

/// <summary>One occasion has several texts: of each member the first that is meant for her, and never two.</summary>
public sealed class CareVariantTests : Flow
{
    private static readonly Programme Rules = Book.With("""
        {"care":[{"occasion":"birthday","holdout":0,"when":{"dealer":["D001"]},"template":"all",
          "variants":[{"when":{"hobby":["golf"]},"template":"golf"},{"when":{"hobby":["golf","chess"]},"template":"chess"},
           {"when":{"hobby":["tea"]},"channels":["call"],"template":"tea"}]}],
         "dealers":{"regions":[{"code":"north","name":"北","branches":["D001-D009"]}]}}
        """);

    [Theory]
    [InlineData("golf", "D001", "golf")]
    [InlineData("chess", "D001", "chess")]
    [InlineData("fishing", "D001", "all")]
    [InlineData("tea", "D001", "call")]
    [InlineData("golf", "D002", "")]
    public async Task The_first_that_is_meant_for_her_is_said(string hobby, string dealer, string said)
    {
        await using var club = await Open(rules: Rules);
        var member = (await club.Register(with: form => form with
        {
            SmsConsent = true, Birthday = new DateOnly(1990, 3, 3), DealerId = new DealerId(dealer), Hobbies = [hobby],
        })).MemberId;
        club.At(2026, 3, 3);
        for (var i = 0; i < 2; i++) await club.Sweep(CareSweep.Word, SmsSweep.Word);
        var records = (await club.Store.Find(IndexQuery.Prefix(SmsRecord.MemberIndex, $"{member}:") with { Partition = member }))
            .Documents.Select(document => document.As<SmsRecord>()).ToArray();
        Assert.Equal(said.Length > 0 ? 1 : 0, records.Length);
        if (said == "call") Assert.Equal("call", records[0].Why);
        else Assert.Equal(said.Length > 0 ? 1 : 0, club.Sms.Sent.Count(one => one.Text.Contains($"】{said}", StringComparison.Ordinal)));
    }
}
