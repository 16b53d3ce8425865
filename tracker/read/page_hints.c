#include "read/page_hints.h"

#include <stdlib.h>

/* Words of a class attribute that are looked at, and the longest of them. */
#define MAX_WORDS 64
#define MAX_WORD 20

/* One or more words of a name, with the hint they give; in the order of bytes. Collected from the
 * markup of news sites and content systems: WordPress and its page builders, Drupal, Joomla, Arc,
 * the BBC's and other agencies' own systems, AMP. */
static const struct hint_name {
    const char *words;
    uint8_t hint;
} hint_names[] = {
    {"ad", HINT_DROP},
    {"addtoany", HINT_DROP},
    {"ads", HINT_DROP},
    {"adsbygoogle", HINT_DROP},
    {"adslot", HINT_DROP},
    {"advert", HINT_DROP},
    {"advertisement", HINT_DROP},
    {"advertising", HINT_DROP},
    {"alert dialog", HINT_DROP},
    {"also read", HINT_DROP},
    {"announce", HINT_LEAD},
    {"app download", HINT_DROP},
    {"article body", HINT_BODY},
    {"article content", HINT_BODY},
    {"article date", HINT_CAPTION},
    {"article full text", HINT_BODY},
    {"article info", HINT_CAPTION},
    {"article intro", HINT_LEAD},
    {"article lead", HINT_LEAD},
    {"article meta", HINT_CAPTION},
    {"article summary", HINT_LEAD},
    {"article text", HINT_BODY},
    {"articlebody", HINT_BODY},
    {"articletext", HINT_BODY},
    {"author", HINT_CAPTION},
    {"author box", HINT_DROP},
    {"authors", HINT_CAPTION},
    {"banner", HINT_DROP},
    {"body content", HINT_BODY},
    {"breadcrumb", HINT_DROP},
    {"breadcrumbs", HINT_DROP},
    {"breaking bar", HINT_DROP},
    {"breaking news", HINT_DROP},
    {"byline", HINT_CAPTION},
    {"c entry content", HINT_BODY},
    {"caption", HINT_CAPTION},
    {"carousel", HINT_DROP},
    {"comment", HINT_DROP},
    {"comments", HINT_DROP},
    {"complementary", HINT_DROP},
    {"consent", HINT_DROP},
    {"content body", HINT_BODY},
    {"contentinfo", HINT_DROP},
    {"contributors", HINT_CAPTION},
    {"cookie", HINT_DROP},
    {"cookies", HINT_DROP},
    {"copyright", HINT_CAPTION},
    {"credit", HINT_CAPTION},
    {"credits", HINT_CAPTION},
    {"dek", HINT_LEAD},
    {"dialog", HINT_DROP},
    {"discussion", HINT_DROP},
    {"disqus", HINT_DROP},
    {"donate", HINT_DROP},
    {"donation", HINT_DROP},
    {"editors picks", HINT_DROP},
    {"embed", HINT_DROP},
    {"entry content", HINT_BODY},
    {"entry date", HINT_CAPTION},
    {"entry footer", HINT_DROP},
    {"entry meta", HINT_CAPTION},
    {"entry summary", HINT_LEAD},
    {"entry text", HINT_BODY},
    {"excerpt", HINT_LEAD},
    {"feedback", HINT_DROP},
    {"field body", HINT_BODY},
    {"field field body", HINT_BODY},
    {"field name body", HINT_BODY},
    {"follow us", HINT_DROP},
    {"footer", HINT_DROP},
    {"gallery", HINT_DROP},
    {"gdpr", HINT_DROP},
    {"image credit", HINT_CAPTION},
    {"intro text", HINT_LEAD},
    {"lang switch", HINT_DROP},
    {"lang switcher", HINT_DROP},
    {"language switcher", HINT_DROP},
    {"last news", HINT_DROP},
    {"latest news", HINT_DROP},
    {"latest stories", HINT_DROP},
    {"lead", HINT_LEAD},
    {"lead text", HINT_LEAD},
    {"lede", HINT_LEAD},
    {"lightbox", HINT_DROP},
    {"live blog", HINT_LIVE},
    {"live blog entry", HINT_POST},
    {"live blog post", HINT_POST},
    {"live blog update", HINT_POST},
    {"live post", HINT_POST},
    {"live stream", HINT_LIVE},
    {"live update", HINT_POST},
    {"liveblog", HINT_LIVE},
    {"liveblog entry", HINT_POST},
    {"liveblog post", HINT_POST},
    {"login", HINT_DROP},
    {"lx stream", HINT_LIVE},
    {"lx stream post", HINT_POST},
    {"menu", HINT_DROP},
    {"mgid", HINT_DROP},
    {"mobile menu", HINT_DROP},
    {"modal", HINT_DROP},
    {"more from", HINT_DROP},
    {"more news", HINT_DROP},
    {"more on", HINT_DROP},
    {"more stories", HINT_DROP},
    {"most popular", HINT_DROP},
    {"most read", HINT_DROP},
    {"most viewed", HINT_DROP},
    {"nav", HINT_DROP},
    {"navbar", HINT_DROP},
    {"navigation", HINT_DROP},
    {"news body", HINT_BODY},
    {"news content", HINT_BODY},
    {"news detail text", HINT_BODY},
    {"news full text", HINT_BODY},
    {"news item text", HINT_BODY},
    {"news text", HINT_BODY},
    {"newsletter", HINT_DROP},
    {"next article", HINT_DROP},
    {"node body", HINT_BODY},
    {"onetrust", HINT_DROP},
    {"other news", HINT_DROP},
    {"outbrain", HINT_DROP},
    {"pagination", HINT_DROP},
    {"paywall", HINT_DROP},
    {"perex", HINT_LEAD},
    {"photo caption", HINT_CAPTION},
    {"photo credit", HINT_CAPTION},
    {"poll", HINT_DROP},
    {"popular", HINT_DROP},
    {"popup", HINT_DROP},
    {"post body", HINT_BODY},
    {"post content", HINT_BODY},
    {"post date", HINT_CAPTION},
    {"post excerpt", HINT_LEAD},
    {"post info", HINT_CAPTION},
    {"post meta", HINT_CAPTION},
    {"post nav", HINT_DROP},
    {"post text", HINT_BODY},
    {"prev next", HINT_DROP},
    {"privacy", HINT_DROP},
    {"promo", HINT_DROP},
    {"pub date", HINT_CAPTION},
    {"publication date", HINT_CAPTION},
    {"publication text", HINT_BODY},
    {"publish date", HINT_CAPTION},
    {"published", HINT_CAPTION},
    {"published date", HINT_CAPTION},
    {"quiz", HINT_DROP},
    {"rating", HINT_DROP},
    {"read also", HINT_DROP},
    {"read more", HINT_DROP},
    {"read next", HINT_DROP},
    {"recirc", HINT_DROP},
    {"recirculation", HINT_DROP},
    {"recommend", HINT_DROP},
    {"recommendation", HINT_DROP},
    {"recommendations", HINT_DROP},
    {"recommended", HINT_DROP},
    {"related", HINT_DROP},
    {"respond", HINT_DROP},
    {"rich text", HINT_BODY},
    {"richtext", HINT_BODY},
    {"screen reader text", HINT_DROP},
    {"see also", HINT_DROP},
    {"share", HINT_DROP},
    {"share bar", HINT_DROP},
    {"sharing", HINT_DROP},
    {"side bar", HINT_DROP},
    {"sidebar", HINT_DROP},
    {"sign up", HINT_DROP},
    {"signup", HINT_DROP},
    {"similar", HINT_DROP},
    {"single content", HINT_BODY},
    {"skip link", HINT_DROP},
    {"slider", HINT_DROP},
    {"social", HINT_DROP},
    {"socials", HINT_DROP},
    {"sponsor", HINT_DROP},
    {"sponsored", HINT_DROP},
    {"sr only", HINT_DROP},
    {"standfirst", HINT_LEAD},
    {"story body", HINT_BODY},
    {"story content", HINT_BODY},
    {"story text", HINT_BODY},
    {"sub headline", HINT_LEAD},
    {"sub title", HINT_LEAD},
    {"subheadline", HINT_LEAD},
    {"subscribe", HINT_DROP},
    {"subscription", HINT_DROP},
    {"subtitle", HINT_LEAD},
    {"summary", HINT_LEAD},
    {"support us", HINT_DROP},
    {"table of contents", HINT_DROP},
    {"taboola", HINT_DROP},
    {"tag list", HINT_DROP},
    {"tags", HINT_DROP},
    {"td post content", HINT_BODY},
    {"teaser", HINT_DROP},
    {"teasers", HINT_DROP},
    {"text block", HINT_BODY},
    {"ticker", HINT_DROP},
    {"timestamp", HINT_CAPTION},
    {"toolbar", HINT_DROP},
    {"top news", HINT_DROP},
    {"top stories", HINT_DROP},
    {"topic list", HINT_DROP},
    {"topics", HINT_DROP},
    {"trending", HINT_DROP},
    {"twitter tweet", HINT_DROP},
    {"visually hidden", HINT_DROP},
    {"visuallyhidden", HINT_DROP},
    {"weather", HINT_DROP},
    {"widget area", HINT_DROP},
    {"wp caption text", HINT_CAPTION},
    {"wp caption", HINT_CAPTION},
    {"you may like", HINT_DROP},
};

/* Words before a name that make it say something about the page, not about this part. */
static const char *const voiding[] = {"has", "is", "js", "no", "not", "open", "with", "without"};

struct words {
    char text[MAX_WORDS][MAX_WORD + 1];
    bool first[MAX_WORDS]; /* begins a name of the list */
    size_t n;
};

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Cuts names into words of letters in lower case; a longer word than any of the table is cut off.
 */
static void split(struct slice names, struct words *out)
{
    size_t i = 0;
    bool first = true;
    out->n = 0;
    while (i < names.len && out->n < MAX_WORDS) {
        char c = names.ptr[i];
        if (!is_letter(c)) {
            first |= c == ' ' || (c >= '\t' && c <= '\r');
            i++;
            continue;
        }
        char *word = out->text[out->n];
        size_t len = 0;
        do {
            c = names.ptr[i];
            if (len < MAX_WORD)
                word[len++] = is_upper(c) ? (char)(c + ('a' - 'A')) : c;
            i++;
        } while (i < names.len && is_letter(names.ptr[i]) &&
                 !(is_upper(names.ptr[i]) && !is_upper(c)));
        word[len] = 0;
        out->first[out->n++] = first;
        first = false;
    }
}

/* How the words from `i` on, which belong to one name, stand to an entry: 0 when they begin with
 * it. */
static int compare_words(const struct words *words, size_t i, const char *entry)
{
    for (size_t k = i;; k++) {
        size_t len = strcspn(entry, " ");
        const char *word = words->text[k];
        int c = strncmp(word, entry, len);
        if (c || word[len])
            return c ? c : 1;
        if (!entry[len])
            return 0;
        if (k + 1 == words->n || words->first[k + 1])
            return -1;
        entry += len + 1;
    }
}

static bool is_void(const struct words *words, size_t i)
{
    for (size_t k = 0; !words->first[i] && k < sizeof voiding / sizeof *voiding; k++) {
        if (strcmp(words->text[i - 1], voiding[k]) == 0)
            return true;
    }
    return false;
}

/* The index of the first entry whose first word is not before `word`. */
static size_t lower_bound(const char *word)
{
    size_t low = 0, high = sizeof hint_names / sizeof *hint_names;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *entry = hint_names[middle].words;
        size_t len = strcspn(entry, " ");
        int c = strncmp(entry, word, len);
        if (c < 0 || (c == 0 && word[len]))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t page_hints_of(struct slice names)
{
    struct words words;
    uint32_t hints = 0;
    split(names, &words);
    for (size_t i = 0; i < words.n; i++) {
        size_t n = sizeof hint_names / sizeof *hint_names, len = strlen(words.text[i]);
        for (size_t k = lower_bound(words.text[i]); k < n; k++) {
            const char *entry = hint_names[k].words;
            if (strncmp(entry, words.text[i], len) != 0 || (entry[len] && entry[len] != ' '))
                break;
            if (compare_words(&words, i, entry) == 0 && !is_void(&words, i))
                hints |= hint_names[k].hint;
        }
    }
    return hints;
}

/* Order of words, then of the entries with the same first word as they come. */
bool page_hints_ordered(void)
{
    for (size_t i = 1; i < sizeof hint_names / sizeof *hint_names; i++) {
        const char *a = hint_names[i - 1].words, *b = hint_names[i].words;
        size_t a_len = strcspn(a, " "), b_len = strcspn(b, " ");
        size_t n = a_len < b_len ? a_len : b_len;
        int c = strncmp(a, b, n);
        if (c > 0 || (c == 0 && a_len > b_len))
            return false;
    }
    return true;
}
