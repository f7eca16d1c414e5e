using System.Text;
using Club.Kernel;
using Club.Programmes;
using Xunit;

namespace Club.Tests.Care;

public sealed class CareTemplateTests
{
    private static readonly Dictionary<string, object?> Values = new()
    {
        ["name"] = "王小明",
        ["cardNumber"] = "800012345678",
        ["tierName"] = "金卡",
        ["points"] = Points.Of(1234.50m),
        ["clubName"] = "斯柯达车友汇",
        ["dealerId"] = "D021",
        ["model"] = "明锐",
        ["years"] = 3, ["activity"] = "春季自驾游", ["startsOn"] = new DateOnly(2026, 12, 31), ["signUpUntil"] = new DateOnly(2026, 12, 30),
        ["pointsExpiring"] = Points.Of(1200m),
        ["expiresOn"] = new DateOnly(2026, 3, 2),
        ["validUntil"] = new DateOnly(2026, 12, 31),
        ["lastVisit"] = new DateOnly(2025, 12, 1),
        ["expectedBy"] = new DateOnly(2026, 6, 1),
        ["endsOn"] = new DateOnly(2026, 7, 1),
        ["closedOn"] = new DateOnly(2026, 3, 2),
    };

    [Theory]
    [InlineData("{{ name }}有{{ points }}积分", "王小明有1234.5积分")]
    [InlineData("{{ pointsExpiring }}积分{{ expiresOn }}失效", "1200积分2026年3月2日失效")]
    [InlineData("{{ expiresOn | date: 'M月d日' }}", "3月2日")]
    [InlineData("{% if points > 1000 %}多{% else %}少{% endif %}", "多")]
    [InlineData("{% case tierName %}{% when '金卡' %}贵宾{% endcase %}{{ years }}年", "贵宾3年")]
    public void Variables_read_as_a_member_expects(string source, string text) =>
        Assert.Equal(text, Template(source, CareOccasion.PointsExpiring, "years").Render(Values));

    /// <summary>What needs no Liquid is written without it, and what follows makes Liquid of it.</summary>
    [Theory]
    [InlineData("您好，再见")]
    [InlineData("{{ name }}有{{points}}积分，{{ years  }}年，{{ expiresOn }}失效")]
    [InlineData("{{ name | default: '车主' }}您好{{ cardNumber|default:'无' }}，{{ points | default: '没有' }}")]
    public void A_plain_text_reads_as_liquid_writes_it(string source)
    {
        object?[] names = [null, "", " ", "王小明", "nil"];
        object?[] others = [null, Points.Zero, Points.Of(1200m), Points.Of(-0.5m), 7, 12L, true, false, Money.Zero, new DateOnly(2026, 3, 2)];
        var (plain, liquid) = (Template(source, CareOccasion.PointsExpiring, "years"), Template(source + "{% if true %}{% endif %}", CareOccasion.PointsExpiring, "years"));
        foreach (var name in names)
            foreach (var other in others)
            {
                var values = new Dictionary<string, object?>(Values) { ["name"] = name, ["points"] = other, ["cardNumber"] = name };
                Assert.Equal(liquid.Render(values), plain.Render(values));
            }
    }

    [Theory]
    [InlineData("{{ points }}{% if true %}x{% endif %}", "{{ points }}{% if true %}x{% endif %}")]
    [InlineData("王\r\n小\u2028明\u0000", "王小明")]
    [InlineData("王【中奖】\u202e", "王中奖")]
    public void A_members_text_is_text(string name, string text) =>
        Assert.Equal(text, Template("{{ name }}").Render(new Dictionary<string, object?>(Values) { ["name"] = name }));

    [Fact]
    public void A_long_value_is_cut_between_characters() =>
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 32)),
            Template("{{ name }}").Render(new Dictionary<string, object?>(
            Values) { ["name"] = "😀".PadLeft(2) + string.Concat(Enumerable.Repeat("😀", 99)) }).Trim());

    [Fact]
    public void A_value_that_is_not_known_is_left_out_or_replaced() =>
        Assert.Equal("车主您好", Template("{{ name | default: '车主' }}您好{{ cardNumber }}").Render(
            new Dictionary<string, object?> { ["name"] = null }));

    [Fact]
    public void A_text_has_an_end()
    {
        var template = Template(string.Concat(Enumerable.Repeat("{{ name }}", 20)));
        Assert.Throws<InvalidOperationException>(() => template.Render(new Dictionary<string, object?> { ["name"] = new string('长', 60) }));
    }

    [Fact]
    public void A_value_of_another_type_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() =>
            Template("{{ name }}").Render(new Dictionary<string, object?> { ["name"] = new StringBuilder() }));

    [Theory]
    [InlineData("{% if points > 100000 %}{{ nmae }}{% endif %}", "unknown variable \"nmae\"; did you mean \"name\"?")]
    [InlineData("{% if pionts > 1 %}x{% endif %}", "unknown variable \"pionts\"; did you mean \"points\"?")]
    [InlineData("{% unless name %}{{ name | shout }}{% endunless %}", "unknown filter \"shout\".")]
    [InlineData("{% for i in (1..9) %}x{% endfor %}", "the tag \"for\" cannot be used here.")]
    [InlineData("{{ name", "Variable '{{ name' was not properly terminated with regexp: (?-mix:\\}\\})")]
    public void A_mistake_shows_when_the_template_is_read_even_in_a_branch_not_taken(string source, string error)
    {
        Assert.Null(CareTemplate.TryParse(source, CareVariables.Common, out var errors));
        Assert.Equal(error, errors[0]);
    }

    [Fact]
    public void Many_threads_may_share_a_template()
    {
        var template = Template("{{ name }}{% if points > 10 %}{{ points }}{% endif %}");
        Parallel.For(0, 500, i => Assert.Equal($"m{i}" + (i > 10 ? $"{i}" : ""),
            template.Render(new Dictionary<string, object?> { ["name"] = $"m{i}", ["points"] = Points.Of(i) })));
    }

    public static TheoryData<string, CareOccasion> Samples =>
        [.. ProgrammeLoader.Names.SelectMany(name =>
            ProgrammeLoader.Load(name).Care.Select(care => new TheoryDataRow<string, CareOccasion>(name, care.Occasion)))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_message_is_short_and_says_its_matter(string programme, CareOccasion occasion)
    {
        var text = ProgrammeLoader.Load(programme).Care.Single(care => care.Occasion == occasion).Template.Render(Values);

        Assert.InRange(text.Length, 20, 60);
        Assert.Contains("王小明", text, StringComparison.Ordinal);
        Assert.Contains(
            occasion switch
            {
                CareOccasion.Welcome => "800012345678",
                CareOccasion.Birthday => "生日快乐",
                CareOccasion.PurchaseAnniversary => "明锐已陪伴您3周年",
                CareOccasion.PointsExpiring => "将于2026年3月2日失效",
                CareOccasion.ComplaintFollowUp => "您3月2日反映的问题已办结",
                CareOccasion.ActivityInvitation => "参加12月31日的春季自驾游",
                CareOccasion.MaintenanceDue => "上次到店是2025年12月1日，建议于2026年6月1日前回店保养",
                CareOccasion.WinBack => "期待与您和爱车再相见",
                CareOccasion.InsuranceEnd => "车险将于2026年7月1日到期",
                _ => "金卡有效期至2026年12月31日",
            },
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_wechat_welcome_greets_strangers_and_members()
    {
        var welcome = ProgrammeLoader.Load("skoda").Messages.WeChatWelcome!;
        Assert.Contains("您的会员卡号是800012345678，现有1234.5积分", welcome.Render(Values), StringComparison.Ordinal);
        Assert.StartsWith("欢迎关注斯柯达车友汇！", welcome.Render(new Dictionary<string, object?> { ["clubName"] = "斯柯达车友汇" }),
            StringComparison.Ordinal);
    }

    private static CareTemplate Template(string source, CareOccasion occasion = CareOccasion.Welcome, params string[] more)
    {
        var template = CareTemplate.TryParse(source, [.. CareVariables.Of(occasion), .. more], out var errors);
        Assert.Empty(errors);
        return template!;
    }
}
